import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ApiClient,
  eventually,
  freePort,
  type ServerProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
  tempFolder,
} from '@lifeline/test-support'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Credentials {
  readonly users: readonly { readonly name: string; readonly password: string; readonly role: string }[]
  readonly devices: readonly { readonly username: string; readonly password: string }[]
}
interface Command {
  readonly id: string
  readonly state: string
}

let nats: TestServer
let folder: Awaited<ReturnType<typeof tempFolder>>
let registry: ServerProcess
let gateway: ServerProcess
let dispatcher: ApiClient
let port: number
let credentials: Credentials

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
  const [started, door] = [await serviceProcess('registry', env), await serviceProcess('gateway', env)]
  registry = started.process
  gateway = door.process
  await registry.start()
  await gateway.start()
  credentials = JSON.parse(readFileSync(join(folder.path, 'credentials.json'), 'utf8')) as Credentials
  const { name = '', password = '' } = credentials.users.find(({ role }) => role === 'dispatcher') ?? {}
  dispatcher = new ApiClient(started.url)
  await dispatcher.signIn(name, password)
}, 240_000)

afterAll(async () => {
  await gateway?.stop('SIGKILL')
  await registry?.stop('SIGKILL')
  await nats.remove()
  await folder.remove()
})

/** A lift that takes commands and says PUBACK only when it is told to. */
class Lift {
  readonly client: MqttClient
  readonly received: string[] = []
  readonly #unacknowledged: (() => void)[] = []

  private constructor(client: MqttClient) {
    this.client = client
    client.handleMessage = ({ payload }, done) => {
      this.received.push((JSON.parse(payload.toString()) as Command).id)
      this.#unacknowledged.push(() => done())
    }
  }

  static async connect(deviceId: string): Promise<Lift> {
    const { username, password } = credentials.devices.find((it) => it.username === deviceId) ?? {}
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
      clientId: deviceId,
      reconnectPeriod: 0,
      ...(username === undefined || password === undefined ? {} : { username, password }),
    })
    const lift = new Lift(client)
    await client.subscribeAsync(`v1/elevator/${deviceId}/command`, { qos: 1 })
    return lift
  }

  acknowledge(): void {
    this.#unacknowledged.shift()?.()
  }

  async next(count: number): Promise<string[]> {
    return eventually(`${count} commands`, async () => (this.received.length >= count ? this.received : undefined))
  }
}

const give = (deviceId: string) =>
  dispatcher.send<Command>('POST', `/api/v1/devices/${deviceId}/commands`, {
    name: 'announce',
    args: { text: '救援人员正在赶来', language: 'zh-CN' },
  })
const becomes = (deviceId: string, { id }: Command, state: string) =>
  eventually(
    `the command ${state}`,
    async () => {
      const command = await dispatcher.get<Command>(`/api/v1/devices/${deviceId}/commands/${id}`)
      return command.state === state ? command : undefined
    },
    { withinMs: 60_000, everyMs: 100 },
  )

test('the registry, killed between a command and its PUBACK, learns of it when it is back, and sends nothing again', async () => {
  const lift = await Lift.connect('lift-001')
  const command = await give('lift-001')
  expect(await lift.next(1)).toEqual([command.id])
  await registry.stop('SIGKILL')
  lift.acknowledge()
  await registry.start()
  await becomes('lift-001', command, 'delivered')
  const answer = JSON.stringify({ id: command.id, ok: true })
  await lift.client.publishAsync('v1/elevator/lift-001/command-ack', answer, { qos: 1 })
  expect(await becomes('lift-001', command, 'done')).toMatchObject({ by: 'dispatcher', args: { language: 'zh-CN' } })
  const next = await give('lift-001')
  expect(await lift.next(2)).toEqual([command.id, next.id])
  await lift.client.endAsync(true)
}, 240_000)

test('the gateway, killed before the PUBACK, sends the same again; killed after it was noted, it does not', async () => {
  const lift = await Lift.connect('lift-002')
  const command = await give('lift-002')
  expect(await lift.next(1)).toEqual([command.id])
  await gateway.stop('SIGKILL')
  await gateway.start()
  const back = await Lift.connect('lift-002')
  expect(await back.next(1)).toEqual([command.id])
  back.acknowledge()
  await becomes('lift-002', command, 'delivered')
  await gateway.stop('SIGKILL')
  await gateway.start()
  const again = await Lift.connect('lift-002')
  const next = await give('lift-002')
  expect(await again.next(1)).toEqual([next.id])
  for (const { client } of [lift, back, again]) await client.endAsync(true)
}, 240_000)

test('a lift that is away gets what is still in time when it comes, and what is not is told as expired', async () => {
  const expired = await dispatcher.send<Command>('POST', '/api/v1/devices/lift-003/commands', {
    name: 'announce',
    args: { messageId: 'keep-calm' },
    expiresInSeconds: 1,
  })
  const command = await give('lift-003')
  await becomes('lift-003', expired, 'expired')
  const lift = await Lift.connect('lift-003')
  expect(await lift.next(1)).toEqual([command.id])
  await lift.client.endAsync(true)
}, 120_000)
