import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ApiClient,
  ApiError,
  freePort,
  type ServerProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
  tempFolder,
} from '@lifeline/test-support'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface SignIn {
  readonly username: string
  readonly password: string
}

let nats: TestServer
let folder: Awaited<ReturnType<typeof tempFolder>>
const processes: ServerProcess[] = []
let administrator: ApiClient
let device: SignIn
let port: number

beforeAll(async () => {
  nats = await startNatsServer()
  folder = await tempFolder()
  port = await freePort()
  const env = {
    NATS_URL: nats.url,
    DATA_DIR: folder.path,
    SESSION_SECRET: 'a secret of the test, longer than 32 characters',
    SEED: 'demo',
    MQTT_PORT: String(port),
    LOG_LEVEL: 'warn',
  }
  const [registry, gateway] = [await serviceProcess('registry', env), await serviceProcess('gateway', env)]
  processes.push(registry.process, gateway.process)
  await registry.process.start()
  await gateway.process.start()
  const { users, devices } = JSON.parse(readFileSync(join(folder.path, 'credentials.json'), 'utf8')) as {
    users: { name: string; password: string; role: string }[]
    devices: SignIn[]
  }
  const { name = '', password = '' } = users.find(({ role }) => role === 'administrator') ?? {}
  administrator = new ApiClient(registry.url)
  await administrator.signIn(name, password)
  device = devices[0] as SignIn
}, 240_000)

afterAll(async () => {
  for (const process of processes) await process.stop()
  await nats.remove()
  await folder.remove()
})

const connect = ({ username, password }: SignIn): Promise<MqttClient> =>
  connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: username, username, password, reconnectPeriod: 0 })
/** Calls the API and says how many milliseconds later a client was cut. */
async function cutAfter(client: MqttClient, call: () => Promise<unknown>): Promise<number> {
  const cut = new Promise<number>((resolve) => client.once('close', () => resolve(performance.now())))
  const calledAt = performance.now()
  await call()
  return (await cut) - calledAt
}

test('a new secret, and none any more, cut the live session within a second', async () => {
  const path = `/api/v1/devices/${device.username}/credential`
  let renewed = device
  const rotated = await cutAfter(await connect(device), async () => {
    renewed = await administrator.send<SignIn>('POST', path)
  })
  expect(rotated).toBeLessThan(1_000)
  await expect(connect(device)).rejects.toMatchObject({ code: 5 })
  const revoked = await cutAfter(await connect(renewed), async () => {
    // The answer has no body.
    await administrator.send('DELETE', path).catch((error: unknown) => {
      if (error instanceof ApiError) throw error
    })
  })
  expect(revoked).toBeLessThan(1_000)
  await expect(connect(renewed)).rejects.toMatchObject({ code: 5 })
})
