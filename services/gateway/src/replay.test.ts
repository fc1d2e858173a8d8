import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type QuarantineRecord, type ReplayReply, replaySubject, streams } from '@lifeline/contracts'
import { eventually, tempFolder } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialFor } from './testing/credential-for.ts'
import { GatewayWorld, secret } from './testing/gateway-world.ts'
import { quarantined, storedRecords, unreadableRecords } from './testing/stored.ts'

let world: GatewayWorld
let folder: Awaited<ReturnType<typeof tempFolder>>

const doors = { '1': 'closed' }
const writeMapping = (values: object): Promise<void> =>
  writeFile(
    join(folder.path, 'vendor.json'),
    JSON.stringify({
      source: 'a test',
      kind: 'elevator',
      device: 'lift',
      personal: ['mechanic'],
      messages: [
        {
          topic: 'vendor/up',
          each: 'list',
          time: { path: 'at', format: 'ms' },
          frame: { door: { path: 'door', values } },
        },
      ],
    }),
  )

beforeAll(async () => {
  folder = await tempFolder()
  await writeMapping(doors)
  world = await GatewayWorld.start({
    machines: [
      { deviceId: 'EL-1', kind: 'elevator', siteId: 'a', format: 'vendor', vendorId: 'L1' },
      { deviceId: 'EL-2', kind: 'elevator', siteId: 'a', format: 'vendor', vendorId: 'L2' },
      { deviceId: 'EL-flood', kind: 'elevator', siteId: 'a' },
      { deviceId: 'EL-native', kind: 'elevator', siteId: 'a' },
      { deviceId: 'TC-native', kind: 'tower-crane', siteId: 'a' },
    ],
    gateways: { 'GW-a': ['EL-1', 'EL-2'] },
    env: { MAPPINGS_DIR: folder.path },
  })
})
afterAll(async () => {
  await world.stop()
  await folder.remove()
})

const send = async (client: string, topic: string, payload: object | string): Promise<void> => {
  const publisher = await world.client(client)
  await publisher.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), { qos: 1 })
  await publisher.endAsync()
}
const replay = async (record: QuarantineRecord | undefined): Promise<ReplayReply> =>
  (await world.bus.connection.request(replaySubject, JSON.stringify(record), { timeout: 30_000 })).json<ReplayReply>()
const kept = async (): Promise<number> => {
  const manager = await world.bus.connection.jetstreamManager()
  return (await manager.streams.info(streams.quarantine)).state.messages
}
const text = (record: QuarantineRecord | undefined): string => Buffer.from(record?.payload ?? '', 'base64').toString()

test('what a mapping did not understand is taken once the mapping is mended, by its own time', async () => {
  const at = Date.now() - 3_600_000
  const list = [
    { lift: 'L1', at, door: 2 },
    { lift: 'L2', at, door: 1 },
  ]
  await send('GW-a', 'vendor/up', { list })
  const [record] = await quarantined(world.bus, 'EL-1', 1)
  expect(record).toMatchObject({ cut: 'none', account: 'GW-a', path: 'door' })
  expect(JSON.parse(text(record))).toEqual({ list })

  const before = await kept()
  expect(await replay(record)).toMatchObject({ stored: 1, path: 'door', reason: '2 is none of 1' })
  expect(await kept()).toBe(before)

  await writeMapping({ ...doors, '2': 'open' })
  await eventually('the mended mapping in force', async () =>
    (await replay(record)).reason === undefined ? true : undefined,
  )
  const [frame] = await storedRecords(world.bus, 'EL-1', 1)
  expect(frame).toMatchObject({ type: 'frame', frame: { time: at, door: 'open' } })
  expect(frame?.receivedAt).toBeGreaterThan(at + 3_600_000)
})

test('of a device that was not registered yet it is taken once it is', async () => {
  const at = Date.now()
  await send('GW-a', 'vendor/up', { list: [{ lift: 'L3', at, door: 1 }] })
  const [record] = await quarantined(world.bus, 'GW-a', 1)
  expect(record).toMatchObject({ kind: 'unknown', cut: 'none', account: 'GW-a' })
  expect(await replay(record)).toMatchObject({ stored: 0, reason: expect.stringContaining('L3') })
  await world.putEquipment('EL-3', {
    deviceId: 'EL-3',
    kind: 'elevator',
    siteId: 'a',
    format: 'vendor',
    vendorId: 'L3',
  })
  await world.putCredential('GW-a', credentialFor('GW-a', secret, ['EL-1', 'EL-3']))
  await eventually('the device known', async () => ((await replay(record)).stored === 1 ? true : undefined))
  expect(await storedRecords(world.bus, 'EL-3', 1)).toMatchObject([{ frame: { time: at, door: 'closed' } }])
})

test.each([
  ['TC-native', 'v1/tower-crane/TC-native/telemetry', '{"time":1,"operator":"card 7","falls":3}', 'privacy'],
  ['EL-native', 'v1/elevator/EL-native/status', 'asleep', 'moment'],
  ['EL-2', 'vendor/up', '{"list":[{"lift":"L2","at":1,"door":9,"mechanic":"Wang"}]}', 'privacy'],
  ['EL-2', 'vendor/up', '{"list":[{"lift":"L2","at":1,"door":9,"mech\\u0061nic":"Wang"}]}', 'privacy'],
])('%s sends on %s %s: kept, and not to be taken again for %s', async (client, topic, payload, cut) => {
  const before = await kept()
  await send(client, topic, payload)
  const record = (await quarantined(world.bus, client, 1 + (await earlier(client, before)))).at(-1)
  expect(record).toMatchObject({ cut })
  expect(text(record)).not.toMatch(/card 7|Wang/)
})

/** Records of a device among the first so many. */
async function earlier(deviceId: string, among: number): Promise<number> {
  const manager = await world.bus.connection.jetstreamManager()
  let count = 0
  for (let seq = 1; seq <= among; seq++) {
    const { subject } = await manager.streams.getMessage(streams.quarantine, { seq })
    if (subject.endsWith(`.${deviceId}`)) count++
  }
  return count
}

test('a flood of rubbish is told to the log at once, and then once in ten seconds with its count', async () => {
  const client = await world.client('EL-flood')
  const count = 400
  for (let i = 0; i < count; i++) client.publish('v1/elevator/EL-flood/telemetry', `rubbish ${i}`, { qos: 1 })
  const [first, second] = await unreadableRecords(world.bus, 'EL-flood', 2)
  expect(first).toMatchObject({
    type: 'unreadable',
    unreadable: { count: 1, reason: expect.stringContaining('not JSON') },
  })
  expect(second).toMatchObject({ type: 'unreadable', unreadable: { count: count - 1 } })
  expect((second?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThanOrEqual(9_900)
  await client.endAsync()
})

test('frames and rubbish that were taken again are counted once: received = committed + quarantined + refused', async () => {
  const counts = await world.metrics()
  const sum = (name: string): number =>
    [...counts].reduce((total, [key, value]) => total + (key.startsWith(name) ? value : 0), 0)
  expect(sum('lifeline_frames_received_total')).toBe(
    sum('lifeline_frames_committed_total') +
      sum('lifeline_frames_quarantined_total') +
      sum('lifeline_frames_refused_total'),
  )
})
