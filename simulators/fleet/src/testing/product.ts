import { join } from 'node:path'
import { freePort, type ServerProcess, serviceProcess, startNatsServer, tempFolder } from '@lifeline/test-support'

/** The part of the product that devices and rules need, as real processes, with the demo district in it. */
export interface Product {
  readonly mqttUrl: string
  readonly apiUrl: string
  readonly natsUrl: string
  readonly credentialsFile: string
  readonly gateway: ServerProcess
  remove(): Promise<void>
}

/** Starts nats-server, registry, gateway and engine on free ports with their data in a temporary folder. */
export async function startProduct(): Promise<Product> {
  const [nats, folder, mqttPort] = [await startNatsServer(), await tempFolder(), await freePort()]
  const credentialsFile = join(folder.path, 'credentials.json')
  const env = {
    NATS_URL: nats.url,
    DATA_DIR: folder.path,
    CREDENTIALS_FILE: credentialsFile,
    SESSION_SECRET: 'a secret of the test, longer than 32 characters',
    SEED: 'demo',
    LOG_LEVEL: 'warn',
    MQTT_PORT: String(mqttPort),
  }
  const registry = await serviceProcess('registry', env)
  const gateway = await serviceProcess('gateway', env)
  const engine = await serviceProcess('engine', env)
  const remove = async (): Promise<void> => {
    await Promise.all([registry, gateway, engine].map(({ process }) => process.stop('SIGKILL')))
    await nats.remove()
    await folder.remove()
  }
  try {
    await registry.process.start()
    await Promise.all([gateway.process.start(), engine.process.start()])
  } catch (error) {
    await remove()
    throw error
  }
  return {
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    apiUrl: registry.url,
    natsUrl: nats.url,
    credentialsFile,
    gateway: gateway.process,
    remove,
  }
}
