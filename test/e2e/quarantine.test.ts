import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectBus, readStream } from '@lifeline/bus'
import type { Equipment, IncidentEvent, Role } from '@lifeline/contracts'
import { streams } from '@lifeline/contracts'
import {
  ApiClient,
  ApiError,
  eventually,
  freePort,
  type ServiceProcess,
  serviceProcess,
  startNatsServer,
  type TestServer,
  tempFolder,
} from '@lifeline/test-support'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Count, Entry, Outcomes } from './quarantine-answers.ts'

let nats: TestServer
let folder: Awaited<ReturnType<typeof tempFolder>>
let registry: ServiceProcess
const others: ServiceProcess[] = []
let port: number
/** One that the maintenance user's unit looks after, one that another does, and a crane. */
let lift: Equipment
let other: Equipment
let crane: Equipment
const api = new Map<Role, ApiClient>()
let signIns: {
  users: { name: string; password: string; role: Role }[]
  devices: { username: string; password: string }[]
}

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
  await mkdir(join(folder.path, 'mappings'))
  await writeMapping({ '1': 'closed' })
  registry = await serviceProcess('registry', env)
  others.push(await serviceProcess('gateway', env), await serviceProcess('engine', env))
  await registry.process.start()
  for (const { process } of others) await process.start()
  signIns = JSON.parse(readFileSync(join(folder.path, 'credentials.json'), 'utf8'))
  await signIn()
  const { items } = await as('administrator').get<{ items: Equipment[] }>('/api/v1/devices')
  const own = (await as('maintenance').get<{ items: Equipment[] }>('/api/v1/devices')).items
  lift = own.find(({ kind }) => kind === 'elevator') as Equipment
  other = items.find(
    ({ kind, maintenanceUnit }) => kind === 'elevator' && maintenanceUnit !== lift.maintenanceUnit,
  ) as Equipment
  crane = items.find(({ kind }) => kind === 'tower-crane') as Equipment
  await as('administrator').send('PUT', `/api/v1/devices/${lift.deviceId}`, registered({ ...lift, format: 'shop' }))
}, 480_000)

afterAll(async () => {
  for (const { process } of others) await process.stop()
  await registry.process.stop()
  await nats.remove()
  await folder.remove()
})

const registered = ({
  online,
  lastSeenAt,
  ...equipment
}: Equipment & { online?: boolean; lastSeenAt?: number | null }) => equipment
const writeMapping = (values: object): Promise<void> =>
  writeFile(
    join(folder.path, 'mappings', 'shop.json'),
    JSON.stringify({
      source: 'a test',
      kind: 'elevator',
      messages: [{ topic: 'shop/up', time: { path: 'at', format: 'ms' }, frame: { door: { path: 'door', values } } }],
    }),
  )

async function signIn(): Promise<void> {
  for (const { role, name, password } of signIns.users) {
    const client = new ApiClient(registry.url)
    await client.signIn(name, password)
    api.set(role, client)
  }
}
const as = (role: Role): ApiClient => api.get(role) as ApiClient
const administrator = (): ApiClient => as('administrator')
const status = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: unknown) => {
      if (error instanceof ApiError) return error.status
      throw error
    },
  )

/** Sends as the device does, until the gateway knows it under that topic. */
async function send(deviceId: string, topic: string, payload: string): Promise<void> {
  const { username, password } = signIns.devices.find((it) => it.username === deviceId) ?? {}
  await eventually('the gateway takes it', async () => {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
      clientId: deviceId,
      username,
      password,
      reconnectPeriod: 0,
    } as object)
    const closed = new Promise<undefined>((resolve) => client.once('close', () => resolve(undefined)))
    const sent = client.publishAsync(topic, payload, { qos: 1 }).then(() => true as const)
    const taken = await Promise.race([sent, closed])
    await client.endAsync(true)
    return taken
  })
}
const telemetry = ({ kind, deviceId }: Equipment): string => `v1/${kind}/${deviceId}/telemetry`
const entries = async (query: string, role: Role = 'administrator'): Promise<Entry[]> =>
  (await as(role).get<{ items: Entry[] }>(`/api/v1/quarantine?${query}`)).items
const entriesOf = (deviceId: string, count: number): Promise<Entry[]> =>
  eventually(`${count} records of ${deviceId}`, async () => {
    const found = await entries(`deviceId=${deviceId}`)
    return found.length >= count ? found : undefined
  })
const replay = (body: object): Promise<Outcomes> =>
  administrator().send<Outcomes>('POST', '/api/v1/quarantine/replay', body)
const countOf = async (deviceId: string): Promise<Count | undefined> =>
  (await administrator().get<{ items: Count[] }>('/api/v1/quarantine/counts')).items.find(
    (it) => it.deviceId === deviceId,
  )

test('what a mapping did not understand is listed with its bytes, and taken again once the mapping is mended', async () => {
  const payload = JSON.stringify({ at: Date.now() - 3_600_000, door: 2 })
  await send(lift.deviceId, 'shop/up', payload)
  const [entry] = await entriesOf(lift.deviceId, 1)
  expect(entry).toMatchObject({
    kind: 'elevator',
    path: 'door',
    reason: '2 is none of 1',
    size: payload.length,
    replay: { possible: true },
  })
  const id = entry?.id ?? ''
  const whole = await administrator().get<{ base64: string; hex: string }>(`/api/v1/quarantine/${id}`)
  expect(Buffer.from(whole.base64, 'base64').toString()).toBe(payload)
  expect(Buffer.from(whole.hex, 'hex').toString()).toBe(payload)
  expect(await countOf(lift.deviceId)).toMatchObject({
    count: 1,
    replayed: 0,
    lastReason: '2 is none of 1',
    lastGoodFrameAt: null,
  })

  expect((await replay({ ids: [id] })).items).toEqual([
    { id, result: 'failed', stored: 0, reason: 'door: 2 is none of 1' },
  ])
  expect((await entries(`deviceId=${lift.deviceId}`))[0]?.replay).toMatchObject({
    possible: true,
    failure: 'door: 2 is none of 1',
  })

  await writeMapping({ '1': 'closed', '2': 'open' })
  const span = { deviceId: lift.deviceId, from: 0, to: Date.now() + 60_000 }
  const outcomes = await eventually('the mended mapping in force', async () => {
    const tried = await replay(span)
    return tried.items[0]?.result === 'replayed' ? tried : undefined
  })
  expect(outcomes).toEqual({ items: [{ id, result: 'replayed', stored: 1 }], more: false })
  const [done] = await entries(`deviceId=${lift.deviceId}`)
  expect(done).toMatchObject({ replay: { possible: false }, replayed: { stored: 1, by: expect.any(String) } })
  expect((await replay(span)).items).toEqual([])
  expect((await replay({ ids: [id] })).items).toMatchObject([
    { result: 'refused', reason: expect.stringContaining('already') },
  ])
  const counted = await eventually('a good frame, by the engine', async () => {
    const count = await countOf(lift.deviceId)
    return count?.lastGoodFrameAt === null ? undefined : count
  })
  expect(counted).toMatchObject({ count: 1, replayed: 1 })
})

test('what was cut before it was kept is not taken again, and says so', async () => {
  await send(crane.deviceId, telemetry(crane), '{"time":1,"operator":"card 7","falls":3}')
  const [entry] = await entriesOf(crane.deviceId, 1)
  expect(entry?.replay).toMatchObject({ possible: false, why: expect.stringContaining('starred out') })
  expect((await replay({ ids: [entry?.id, '999999'] })).items).toMatchObject([
    { id: '999999', result: 'refused' },
    { id: entry?.id, result: 'refused', reason: expect.stringContaining('starred out') },
  ])
})

test('a maintenance unit reads of its own devices, supervisors and regulators of all, and only an administrator has taken again', async () => {
  await send(other.deviceId, telemetry(other), 'rubbish')
  const [entry] = await entriesOf(other.deviceId, 1)
  for (const role of ['supervisor', 'regulator'] as const) {
    expect((await entries(`deviceId=${other.deviceId}`, role)).map(({ id }) => id)).toContain(entry?.id)
    expect(await status(as(role).send('POST', '/api/v1/quarantine/replay', { ids: ['1'] }))).toBe(403)
  }
  const seen = await entries('', 'maintenance')
  expect(seen.length).toBeGreaterThan(0)
  expect(seen.map(({ deviceId }) => deviceId)).not.toContain(other.deviceId)
  expect(await status(as('maintenance').get(`/api/v1/quarantine/${entry?.id}`))).toBe(404)
  const counts = await as('maintenance').get<{ items: Count[] }>('/api/v1/quarantine/counts')
  expect(counts.items.map(({ deviceId }) => deviceId)).not.toContain(other.deviceId)
  for (const role of ['dispatcher', 'rescuer'] as const) {
    if (api.has(role)) expect(await status(as(role).get('/api/v1/quarantine'))).toBe(403)
  }
})

test('lists are filtered and come page by page, the newest first', async () => {
  for (const payload of ['x1', '[]', '{"time":"x"}']) await send(other.deviceId, telemetry(other), payload)
  const all = await entriesOf(other.deviceId, 4)
  expect(all.map(({ id }) => Number(id))).toEqual(all.map(({ id }) => Number(id)).toSorted((a, b) => b - a))
  expect((await entries(`deviceId=${other.deviceId}&reason=NOT%20json`)).length).toBe(2)
  expect(await entries(`deviceId=${other.deviceId}&kind=hoist`)).toEqual([])
  expect(await entries(`deviceId=${other.deviceId}&to=1000`)).toEqual([])
  const pages: string[] = []
  for (let cursor = ''; ; ) {
    const page = await administrator().get<{ items: Entry[]; nextCursor?: string }>(
      `/api/v1/quarantine?deviceId=${other.deviceId}&limit=3&cursor=${cursor}`,
    )
    pages.push(...page.items.map(({ id }) => id))
    if (page.nextCursor === undefined) break
    cursor = page.nextCursor
  }
  expect(pages).toEqual(all.map(({ id }) => id))
})

test('what comes while the registry is dead is listed afterwards, and what was taken again stays so', async () => {
  const [before] = await entriesOf(lift.deviceId, 1)
  const count = (await entries(`deviceId=${other.deviceId}`)).length
  await registry.process.stop('SIGKILL')
  await send(other.deviceId, telemetry(other), 'meanwhile')
  await registry.process.start()
  await signIn()
  await entriesOf(other.deviceId, count + 1)
  expect((await entries(`deviceId=${lift.deviceId}`))[0]).toEqual(before)
}, 240_000)

test('a device that sends nothing but rubbish becomes an incident, which its first good frame ends', async () => {
  const bus = await connectBus(nats.url, 'test', () => undefined)
  const ending = new AbortController()
  try {
    await administrator().send('PUT', `/api/v1/devices/${other.deviceId}/settings`, { unreadable_data: { seconds: 2 } })
    const { username, password } = signIns.devices.find((it) => it.username === other.deviceId) ?? {}
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
      clientId: other.deviceId,
      username,
      password,
    } as object)
    let payload = 'rubbish'
    const beat = setInterval(() => client.publish(telemetry(other), payload, { qos: 1 }), 500)
    const subject = `incident.${other.kind}.unreadable_data.${other.deviceId}`
    const seen: IncidentEvent[] = []
    for await (const message of readStream(
      bus,
      { stream: streams.incidents, subject, fromSequence: 1 },
      ending.signal,
    )) {
      seen.push(message.json<IncidentEvent>())
      payload = JSON.stringify({ time: Date.now(), floor: 3 })
      if (seen.length === 2) ending.abort()
    }
    clearInterval(beat)
    await client.endAsync()
    expect(seen.map(({ type }) => type)).toEqual(['incident.opened', 'incident.cleared'])
    expect(seen[0]?.data).toMatchObject({
      rule: 'unreadable_data',
      severity: 'warning',
      lifeSafety: false,
      measured: { reason: expect.stringContaining('not JSON') },
    })
  } finally {
    await bus.close()
  }
}, 240_000)
