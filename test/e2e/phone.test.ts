import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ApiClient,
  eventually,
  freePort,
  type ServiceProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
  tempFolder,
} from '@lifeline/test-support'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Account {
  readonly id: string
  readonly username: string
  readonly password: string
  readonly topic: string
}
interface Notice {
  readonly id: string
  readonly type: string
  readonly link?: string
  readonly case?: { readonly id: string; readonly about: string }
}
interface Delivery {
  readonly channel?: string
  readonly result: string
  readonly error?: string
}

let nats: TestServer
let folder: Awaited<ReturnType<typeof tempFolder>>
let services: readonly ServiceProcess[]
let desk: ApiClient
let registry: ApiClient
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
  services = await Promise.all(['registry', 'gateway', 'dispatch'].map((name) => serviceProcess(name, env)))
  for (const { process } of services) await process.start()
  const { users } = JSON.parse(readFileSync(join(folder.path, 'credentials.json'), 'utf8')) as {
    users: { name: string; password: string; role: string }[]
  }
  const { name = '', password = '' } = users.find(({ role }) => role === 'administrator') ?? {}
  registry = new ApiClient(services[0]?.url ?? '')
  await registry.signIn(name, password)
  desk = registry.at(services[2]?.url ?? '')
  await desk.send('PUT', '/api/v1/channels/app', { kind: 'mqtt', name: '救援 App', timeoutSeconds: 3 })
}, 300_000)
afterAll(async () => {
  for (const { process } of services ?? []) await process.stop('SIGKILL')
  await nats?.remove()
  await folder?.remove()
})

/** Tries until the gateway has heard of the phone from the registry. */
const signIn = ({ username, password, topic }: Account): Promise<MqttClient> =>
  eventually(
    'the phone is let in',
    async () => {
      const options = { clientId: username, username, password, clean: false, reconnectPeriod: 0 }
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, options).catch(() => undefined)
      await client?.subscribeAsync(topic, { qos: 1 })
      return client
    },
    { withinMs: 60_000 },
  )
const enter = (unitId: string) => registry.send<Account>('POST', `/api/v1/units/${unitId}/phones`, { name: '值班手机' })
const settled = (id: string, fits: (items: Delivery[]) => boolean) =>
  eventually(
    'the deliveries are as awaited',
    async () => {
      const { items } = await desk.get<{ items: Delivery[] }>(`/api/v1/incidents/${id}/deliveries`)
      if (!fits(items)) throw new Error(JSON.stringify(items))
      return items
    },
    { withinMs: 60_000 },
  )

test('a case reaches the rescuer’s phone, is delivered once that has acknowledged it, and goes another way before', async () => {
  const [first, second] = [await enter('unit-anju'), await enter('unit-anju')]
  const [mute, phone] = [await signIn(first), await signIn(second)]
  const heard: Notice[] = []
  // The phone that never acknowledges: it is on, and its app hangs.
  mute.handleMessage = () => undefined
  phone.on('message', (_topic, payload) => heard.push(JSON.parse(payload.toString()) as Notice))
  await desk.send('PUT', '/api/v1/dispatch/contacts/unit-anju', {
    contacts: [first, second].map(({ id }) => ({ channel: 'app', address: id })),
  })
  const { items } = await registry.get<{ items: { deviceId: string; maintenanceUnit: string }[] }>('/api/v1/devices')
  const { deviceId } = items.find(({ maintenanceUnit }) => maintenanceUnit === 'unit-anju') ?? {}
  const { id } = await desk.send<{ id: string }>('POST', '/api/v1/incidents', { deviceId, rule: 'entrapment' })
  const deliveries = await settled(id, (all) => all.some(({ result }) => result === 'sent'))
  expect(deliveries.map(({ result, error }) => [result, error])).toEqual([
    ['failed', 'no answer in 3 s'],
    ['sent', undefined],
  ])
  expect(heard).toMatchObject([{ type: 'notice', case: { id, about: 'assigned' } }])
  expect(heard[0]?.link).toContain('/r/')

  await registry.send('DELETE', `/api/v1/units/unit-anju/phones/${second.id}`)
  await eventually('the phone is cut off', async () => !phone.connected || undefined)
  for (const client of [mute, phone]) await client.endAsync(true)
}, 240_000)
