import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { streams } from '@lifeline/contracts'
import { encodeSparkplug, frame7a7a, frame7e7e } from '@lifeline/protocols'
import { operatorPseudonym } from '@lifeline/service-kit'
import { eventually, tempFolder } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld, privacyKey } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { quarantined, storedRecords } from './testing/stored.ts'

let world: GatewayWorld
let folder: Awaited<ReturnType<typeof tempFolder>>

const siteId = 'site-1'
beforeAll(async () => {
  folder = await tempFolder()
  world = await GatewayWorld.start({
    machines: [
      { deviceId: 'TC-1', kind: 'tower-crane', siteId, format: 'deye', vendorId: '18090311' },
      { deviceId: 'TC-2', kind: 'tower-crane', siteId, format: 'deye', vendorId: '18090312' },
      { deviceId: 'HO-1', kind: 'hoist', siteId, format: 'deye', vendorId: '18090302' },
      { deviceId: 'EL-1', kind: 'elevator', siteId, format: 'edge-box', vendorId: 'GD1' },
      { deviceId: 'EL-2', kind: 'elevator', siteId, format: 'edge-box', vendorId: 'GD2' },
      { deviceId: 'EL-3', kind: 'elevator', siteId: 'site-2', format: 'edge-box' },
      { deviceId: 'HO-7', kind: 'hoist', siteId, format: 'hoist-7a7a', vendorId: '12345678' },
      { deviceId: 'TC-7', kind: 'tower-crane', siteId, format: 'crane-7e7e', vendorId: 'TD0001' },
      { deviceId: 'EL-own', kind: 'elevator', siteId, format: 'own' },
      { deviceId: 'TC-native', kind: 'tower-crane', siteId },
      { deviceId: 'EL-spark', kind: 'elevator', siteId, format: 'sparkplug-b' },
      { deviceId: 'HO-spark', kind: 'hoist', siteId, format: 'sparkplug-b', vendorId: 'hoist 7' },
      { deviceId: 'EL-none', kind: 'elevator', siteId, format: 'nowhere' },
    ],
    gateways: {
      'GW-site': ['TC-1', 'HO-1', 'EL-1', 'TC-native'],
      'GW-lifts': ['EL-1', 'EL-2'],
      'GW-spark': ['EL-spark', 'HO-spark'],
    },
    env: { MAPPINGS_DIR: folder.path },
  })
})
afterAll(async () => {
  await world.stop()
  await folder.remove()
})

const crane = (fields: object) => ({ HxzId: '18090311', RTime: '2026-03-01 08:30:00', ...fields })
const time = Date.parse('2026-03-01T08:30:00+08:00')
const craneTopic = 'BIM/Sets/zhgd/DEYE/18090311/RealtimeDataCrane'
const faultTopic = '/API/V1/Up/LiftFault'

test("a site gateway's payloads become frames and events of the devices they speak of", async () => {
  const client = await world.client('GW-site')
  await client.publishAsync(craneTopic, JSON.stringify(crane({ Weight: 2.08, RRange: 38.2 })), { qos: 1 })
  const hoist = { HxzId: '18090302', RTime: '2026-03-01 08:30:00', RealtimeWeight: 0.9 }
  await client.publishAsync('BIM/Sets/zhgd/DEYE/18090302/RealtimeDataElevator', JSON.stringify(hoist), { qos: 2 })
  await client.publishAsync('v1/tower-crane/TC-native/telemetry', '{"time":1}', { qos: 1 })
  const [tower] = await storedRecords(world.bus, 'TC-1', 1)
  expect(tower).toMatchObject({
    type: 'frame',
    kind: 'tower-crane',
    siteId,
    frame: { time, hookLoad: 2080, radius: 38.2 },
  })
  expect(await storedRecords(world.bus, 'HO-1', 1)).toMatchObject([{ type: 'frame', frame: { time, load: 900 } }])
  expect(await storedRecords(world.bus, 'TC-native', 1)).toMatchObject([{ frame: { time: 1 } }])
  await client.endAsync()
})

test('one payload about two lifts is two shares, each in its own order', async () => {
  const client = await world.client('GW-lifts')
  const fault = (elevatorNo: string, faultEndTime: string) => ({
    elevatorNo,
    ErrorListBean: [{ faultType: 1, faultBeginTime: '2026-03-01 08:20:00', faultEndTime }],
  })
  const payload = [fault('GD1', ''), fault('GD2', ''), fault('GD1', '2026-03-01 08:30:00')]
  await client.publishAsync(faultTopic, JSON.stringify(payload), { qos: 1 })
  const events = (await storedRecords(world.bus, 'EL-1', 3)).map(
    (record) => record.type === 'event' && record.event.active,
  )
  expect(events).toEqual([true, true, false])
  expect(await storedRecords(world.bus, 'EL-2', 1)).toMatchObject([{ event: { code: 'entrapment', active: true } }])
  await client.endAsync()
})

test('a device that is not behind the account, or of another kind, is quarantined under the account', async () => {
  const client = await world.client('GW-site')
  await client.publishAsync(craneTopic, JSON.stringify(crane({ HxzId: '18090312', Weight: 1 })), { qos: 1 })
  await client.publishAsync(craneTopic, JSON.stringify(crane({ HxzId: '18090302', Weight: 1 })), { qos: 1 })
  const found = await quarantined(world.bus, 'GW-site', 2)
  expect(found).toMatchObject([
    { kind: 'unknown', reason: '18090312 is no device of this account with this format', topic: craneTopic },
    { kind: 'unknown', reason: 'HO-1 is registered as hoist, the mapping takes it for tower-crane' },
  ])
  await client.endAsync()
})

test('what a device of the account sends wrongly is told on its error topic', async () => {
  const client = await world.client('GW-site')
  await client.subscribeAsync('v1/tower-crane/TC-1/error', { qos: 1 })
  const notice = new Promise<string>((resolve) => client.once('message', (_, payload) => resolve(payload.toString())))
  await client.publishAsync(craneTopic, JSON.stringify(crane({ WorkStatus: 7, Weight: 1 })), { qos: 1 })
  expect(JSON.parse(await notice)).toMatchObject({ path: 'WorkStatus', reason: '7 is none of 0, 1' })
  await client.endAsync()
})

test.each([
  ['GW-lifts', craneTopic],
  ['TC-native', craneTopic],
  ['EL-none', faultTopic],
  ['EL-2', 'BIM/Sets/zhgd/DEYE/x/WorkDataCrane'],
])('%s has no device that speaks on %s: the connection is closed', async (name, topic) => {
  const client = await RawClient.open(world.port, name)
  client.send(publishPacket(topic, '{}', 1))
  await client.closed
})

test('a device with an account of its own may say so under its device id', async () => {
  const client = await world.client('EL-3')
  const state = { elevatorNo: 'EL-3', currentFloor: 4, doorStatus: 1, currentSpeed: 0.5, runningDirection: 2 }
  await client.publishAsync('/API/V1/Up/LiftState', JSON.stringify(state), { qos: 1 })
  const [record] = await storedRecords(world.bus, 'EL-3', 1)
  expect(record).toMatchObject({ frame: { floor: 4, door: 'closed', speed: -0.5 } })
  if (record?.type === 'frame') expect(record.frame.time).toBe(record.receivedAt)
  await client.endAsync()
})

test('a payload of which nothing is to be taken is acknowledged', async () => {
  const client = await world.client('GW-lifts')
  await client.publishAsync('/API/V1/Up/LiftRunInfo', '{"elevatorNo":"GD1","runBeginFloor":1}', { qos: 1 })
  await client.publishAsync('/API/V1/Up/LiftRunInfo', '{"elevatorNo":"GD1","runBeginFloor":1}', { qos: 2 })
  await client.endAsync()
})

test('frames in bytes are read, and a wrong clock is set right on the topic that the mapping names', async () => {
  const client = await world.client('HO-7')
  await client.subscribeAsync('7a7a/12345678/down', { qos: 1 })
  await expect(client.subscribeAsync('7a7a/87654321/down')).rejects.toThrow()
  const answer = new Promise<Buffer>((resolve) => client.once('message', (_, payload) => resolve(payload)))
  const heartbeat = Buffer.concat([Buffer.from('12345678'), Buffer.from('000102000841', 'hex')])
  await client.publishAsync('7a7a/HO-7/up', frame7a7a(Buffer.from([1, 4, 0]), 0, heartbeat), { qos: 1 })
  const sync = await answer
  expect(sync.subarray(0, 9).toString('hex')).toBe('7a7a01040000070001')
  expect(await storedRecords(world.bus, 'HO-7', 1)).toMatchObject([{ type: 'status', status: 'online' }])
  await client.endAsync()
})

test('a Sparkplug node is asked for its births, heard by number after that, and its death takes its devices along', async () => {
  const topic = (type: string, device = '') => `spBv1.0/district/${type}/node-1${device === '' ? '' : `/${device}`}`
  const send = (type: string, device: string, metrics: readonly object[], timestamp = time) =>
    node.publishAsync(topic(type, device), encodeSparkplug({ timestamp, metrics }), { qos: 1 })
  const will = { topic: topic('NDEATH'), payload: encodeSparkplug({ metrics: [] }), qos: 1, retain: false } as const
  const node = await world.client('GW-spark', { will })
  await expect(node.subscribeAsync(topic('NCMD'), { qos: 1 })).resolves.toBeDefined()
  const asked = new Promise<string>((resolve) => node.once('message', resolve))
  await send('DDATA', 'EL-spark', [{ alias: 1, floatValue: 1 }])
  expect(await asked).toBe(topic('NCMD'))
  await send('NBIRTH', '', [])
  await send('DBIRTH', 'EL-spark', [{ name: 'speed', alias: 1, datatype: 9, floatValue: 0 }])
  await send('DBIRTH', 'hoist 7', [{ name: 'load', alias: 1, datatype: 10, doubleValue: 900 }])
  await send('DDATA', 'EL-spark', [{ alias: 1, floatValue: 1.5 }], time + 1)
  expect(await storedRecords(world.bus, 'HO-spark', 1)).toMatchObject([{ kind: 'hoist', frame: { time, load: 900 } }])
  node.stream.destroy()
  expect(await storedRecords(world.bus, 'EL-spark', 3)).toMatchObject([
    { frame: { time, speed: 0 } },
    { frame: { time: time + 1, speed: 1.5 } },
    { type: 'status', status: 'offline', cause: 'will' },
  ])
  expect(await storedRecords(world.bus, 'HO-spark', 2)).toMatchObject([{}, { status: 'offline', cause: 'will' }])
  await node.endAsync(true)
})

test('no card, name or identity number is stored in clear, whatever it came in and whether it was understood', async () => {
  const [idNumber, name, card, driver] = ['500101199003074518', '王小明', 'card-native-0042', 'DRV00042']
  const [site, tower, hoist, native] = await Promise.all(
    ['GW-site', 'TC-7', 'HO-7', 'TC-native'].map((account) => world.client(account)),
  )
  const person = { Name: name, IdNo: idNumber, driverId: idNumber }
  const texts = [
    JSON.stringify({ HxzId: '18090302', RTime: '2026-03-01 08:30:00', ...person }),
    JSON.stringify({ HxzId: 'another', RTime: '2026-03-01 08:30:00', ...person }),
    JSON.stringify({ HxzId: '18090302', RTime: idNumber, ...person }),
    JSON.stringify({ HxzId: '18090302', ...person }).slice(0, -3),
  ]
  for (const text of texts) {
    await site?.publishAsync('BIM/Sets/zhgd/DEYE/18090302/RealtimeDataElevator', text, { qos: 1 })
  }
  const data = Buffer.alloc(77)
  data.write('TD0001', 0)
  data.write(idNumber, 8)
  data.write('260301083000', 26, 'hex')
  const whole = frame7e7e(1, data)
  for (const bytes of [whole, whole.subarray(0, 30), whole.subarray(10)]) {
    await tower?.publishAsync('7e7e/TC-7/up', bytes, { qos: 1 })
  }
  const real = Buffer.alloc(68)
  real.write('12345678', 0)
  real.write(driver, 12)
  real.write('260301083000', 20, 'hex')
  real.write(idNumber, 50)
  const frame = frame7a7a(Buffer.from([1, 4, 0]), 1, real)
  const broken = Buffer.from(frame)
  broken[76] = (broken[76] ?? 0) ^ 1
  for (const bytes of [frame, broken, frame.subarray(30)]) {
    await hoist?.publishAsync('7a7a/HO-7/up', bytes, { qos: 1 })
  }
  const telemetry = 'v1/tower-crane/TC-native/telemetry'
  for (const text of [
    `{"time":2,"operator":"${card}"}`,
    `{"time":2,"operator":"${card}","falls":3}`,
    `[{"time":2,"operator":"${card}","falls":3}]`,
    `{"time":2,"operator":"${card}"`,
    `{"time":"${idNumber}"}`,
  ]) {
    await native?.publishAsync(telemetry, text, { qos: 1 })
  }
  const operators = (await storedRecords(world.bus, 'TC-native', 2)).map((it) => 'frame' in it && it.frame)
  const pseudonym = operatorPseudonym(privacyKey)
  expect(operators).toContainEqual({ time: 2, operator: pseudonym(card) })
  const [read] = await storedRecords(world.bus, 'TC-7', 1)
  expect(read).toMatchObject({ frame: { operator: pseudonym(idNumber) } })

  const stored = await everything()
  expect(stored.length).toBeGreaterThan(20)
  const planted = new RegExp([idNumber, idNumber.slice(0, 12), name, card, driver].join('|'))
  for (const text of stored) expect(text).not.toMatch(planted)
  await Promise.all([site, tower, hoist, native].map((client) => client?.endAsync()))
})

/** All messages of log and quarantine as text; payloads decoded. */
async function everything(): Promise<string[]> {
  const texts: string[] = []
  const manager = await world.bus.connection.jetstreamManager()
  for (const stream of [streams.telemetry, streams.quarantine]) {
    const { state } = await manager.streams.info(stream)
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const { data } = await manager.streams.getMessage(stream, { seq })
      const text = Buffer.from(data).toString()
      const { payload = '' } = JSON.parse(text) as { payload?: string }
      texts.push(text, Buffer.from(payload, 'base64').toString('latin1'), Buffer.from(payload, 'base64').toString())
    }
  }
  return texts
}

test('a mapping of one own is in force a moment after it is written, and a wrong one leaves it so', async () => {
  const file = join(folder.path, 'own.json')
  const mapping = (path: string) => ({
    source: 'a test',
    kind: 'elevator',
    messages: [{ topic: 'own/up', time: 'received', frame: { floor: path } }],
  })
  const send = async (payload: string): Promise<true | undefined> => {
    const client = await RawClient.open(world.port, 'EL-own')
    client.send(publishPacket('own/up', payload, 7))
    const [answer] = await client.answers(1).catch(() => ['closed'])
    await client.end()
    return answer === 'puback 7' ? true : undefined
  }
  expect(await send('{"f":0}')).toBeUndefined()
  await writeFile(file, JSON.stringify(mapping('f')))
  await eventually('the mapping in force', () => send('{"f":1}'))
  await writeFile(file, JSON.stringify(mapping('not a [path')))
  await writeFile(join(folder.path, 'later.json'), JSON.stringify(mapping('l')))
  const metric = async () => (await world.metrics()).get('lifeline_mappings')
  const before = await metric()
  await eventually('the folder looked at again', async () =>
    (await metric()) === (before ?? 0) + 1 ? true : undefined,
  )
  expect(await send('{"f":2}')).toBe(true)
  expect((await storedRecords(world.bus, 'EL-own', 2)).map((it) => 'frame' in it && it.frame)).toMatchObject([
    { floor: 1 },
    { floor: 2 },
  ])
  expect((await world.metrics()).get('lifeline_mappings_refused')).toBe(1)
})
