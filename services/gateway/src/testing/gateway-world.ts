import { fileURLToPath } from 'node:url'
import { type Bus, connectBus, openBucket, openStreams } from '@lifeline/bus'
import { buckets, type Credential, type Kind } from '@lifeline/contracts'
import { freePort, ServerProcess, startNatsServer, type TestServer } from '@lifeline/test-support'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { credentialFor } from './credential-for.ts'

/** Every account of the test world has it. */
export const secret = 'a secret of the test world'
export const partitions = 2
export const privacyKey = 'the key of the test world for pseudonyms'

export interface Machine {
  readonly deviceId: string
  readonly kind: Kind
  readonly siteId: string
  /** The mapping that it is registered with, and what it is called there. */
  readonly format?: string
  readonly vendorId?: string
}

export interface WorldOptions {
  readonly machines: readonly Machine[]
  /** Accounts beside those of the machines: name and the devices behind it. */
  readonly gateways?: Readonly<Record<string, readonly string[]>>
  /** Rescuers' phones, by name. */
  readonly phones?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A real nats-server, the registry's buckets as the registry would fill them, and the gateway as a process. */
export class GatewayWorld {
  readonly nats: TestServer
  readonly bus: Bus
  readonly gateway: ServerProcess
  readonly port: number
  readonly servicePort: number

  private constructor(nats: TestServer, bus: Bus, gateway: ServerProcess, port: number, servicePort: number) {
    this.nats = nats
    this.bus = bus
    this.gateway = gateway
    this.port = port
    this.servicePort = servicePort
  }

  static async start({ machines, gateways = {}, phones = [], env = {} }: WorldOptions): Promise<GatewayWorld> {
    const nats = await startNatsServer()
    const bus = await connectBus(nats.url, 'test', () => undefined)
    await openStreams(bus.connection, partitions)
    const { gateway, port, servicePort } = await gatewayProcess(nats.url, env)
    const world = new GatewayWorld(nats, bus, gateway, port, servicePort)
    for (const machine of machines) {
      await world.putEquipment(machine.deviceId, machine)
      await world.putCredential(machine.deviceId, credentialFor(machine.deviceId, secret, [machine.deviceId]))
    }
    for (const [name, devices] of Object.entries(gateways)) {
      await world.putCredential(name, credentialFor(name, secret, devices))
    }
    for (const name of phones) {
      const { siteId: _, ...credential } = credentialFor(name, secret, [])
      await world.putCredential(name, { ...credential, unitId: 'unit-1' })
    }
    await gateway.start()
    return world
  }

  async stop(): Promise<void> {
    await this.gateway.stop()
    await this.bus.connection.close()
    await this.nats.remove()
  }

  /** Writes a credential as the registry does; undefined deletes it. */
  async putCredential(username: string, credential: Credential | undefined): Promise<void> {
    await this.#put(buckets.credentials, username, credential)
  }

  async putEquipment(deviceId: string, machine: Machine | undefined): Promise<void> {
    await this.#put(buckets.equipment, deviceId, machine)
  }

  /** A client of the library that everybody uses, signed in as `name`. */
  client(name: string, options: IClientOptions = {}): Promise<MqttClient> {
    return connectAsync(`mqtt://127.0.0.1:${this.port}`, {
      clientId: name,
      username: name,
      password: secret,
      protocolVersion: 4,
      reconnectPeriod: 0,
      ...options,
    })
  }

  /** The gateway's metrics by name and labels, as they stand in the text. */
  async metrics(): Promise<Map<string, number>> {
    const text = await (await fetch(`http://127.0.0.1:${this.servicePort}/metrics`)).text()
    const lines = text.split('\n').filter((line) => line.startsWith('lifeline_'))
    return new Map(
      lines.map((line) => {
        const at = line.lastIndexOf(' ')
        return [line.slice(0, at), Number(line.slice(at + 1))]
      }),
    )
  }

  async #put(bucket: string, key: string, value: unknown): Promise<void> {
    const store = await openBucket(this.bus, bucket)
    if (value === undefined) await store.delete(key)
    else await store.put(key, JSON.stringify(value))
  }
}

/** A gateway that is not started yet. It counts as started when it lets clients in. */
export async function gatewayProcess(
  natsUrl: string,
  env: Readonly<Record<string, string>>,
  ready = healthy,
): Promise<{ gateway: ServerProcess; port: number; servicePort: number }> {
  const [port, servicePort] = [await freePort(), await freePort()]
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const gateway = new ServerProcess(process.execPath, [main], () => ready(servicePort), {
    env: {
      ...process.env,
      NATS_URL: natsUrl,
      MQTT_PORT: String(port),
      SERVICE_PORT: String(servicePort),
      PARTITIONS: String(partitions),
      LOG_LEVEL: 'info',
      PRIVACY_KEY: privacyKey,
      ...env,
    },
  })
  return { gateway, port, servicePort }
}

/** What `/healthz` answers, or undefined where nobody does. */
export async function health(servicePort: number): Promise<{ ok: boolean; reasons: string[] } | undefined> {
  try {
    return (await (await fetch(`http://127.0.0.1:${servicePort}/healthz`)).json()) as { ok: boolean; reasons: string[] }
  } catch {
    // Not listening yet.
    return undefined
  }
}

const healthy = async (servicePort: number): Promise<boolean> => (await health(servicePort))?.ok === true
