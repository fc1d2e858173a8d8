import { once } from 'node:events'
import { connect as dial } from 'node:net'
import { join } from 'node:path'
import type { Equipment } from '@lifeline/contracts'
import { type ApiClient, eventually, freePort } from '@lifeline/test-support'
import { connectAsync, type MqttClient } from 'mqtt'
import { connect } from 'nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { files, logs, messages, points, type Trace } from './traces.ts'

const planted = {
  idNumber: '500101199003074518',
  name: '王小明',
  card: 'card-planted-0042',
  driver: 'DRV00042',
  phone: '13900001111',
  callerPhone: '13900002222',
  trapped: '赵小刚',
  password: 'planted-password-in-a-payload',
  token: 'planted-token-in-a-payload',
  wrongSecret: 'planted-secret-of-nobody',
  wrongPassword: 'planted-password-of-nobody',
  typedAsName: 'planted-password-typed-as-name',
  inQuery: 'planted-token-in-a-query',
  inHeader: 'planted-token-in-a-header',
}
/** How every session token begins: `{"alg":"HS256"}`. */
const sessionTokenHead = 'eyJhbGciOiJIUzI1NiJ9'
/** What may stand on its way to the device, and nowhere else. */
const announced = '李小红，请保持镇静'

/** A hoist's real-time frame in 7A7A: HOIST001, its driver and, where nothing should stand, the identity number. */
const hoistFrame = [
  '7a7a010400014400484f495354303031000000004452563030303432260301083000000000000000',
  '0000000000000000000000000000000000003530303130313139393030333037343531382b8f7b7b',
].join('')

let district: DemoDistrict
let administrator: ApiClient
let crane: MqttClient
let deye: MqttClient
const framesPort = await freePort()
const issued: string[] = []

const accountOf = (deviceId: string) => district.credentials.devices.find((it) => it.deviceId === deviceId)
const telemetry = (kind: string, deviceId: string, channel = 'telemetry') => `v1/${kind}/${deviceId}/${channel}`

async function client(deviceId: string, password = accountOf(deviceId)?.password): Promise<MqttClient> {
  const sign = { clientId: deviceId, username: deviceId, ...(password === undefined ? {} : { password }) }
  return connectAsync(district.mqttUrl, { ...sign, protocolVersion: 4, reconnectPeriod: 0 })
}

async function change(deviceId: string, fields: Partial<Equipment>): Promise<void> {
  const device = await administrator.get<Equipment>(`/api/v1/devices/${deviceId}`)
  await administrator.send('PUT', `/api/v1/devices/${deviceId}`, { ...device, ...fields })
}

beforeAll(async () => {
  district = await startDemoDistrict({ env: { LOG_LEVEL: 'debug', FRAMES_PORT: String(framesPort) } })
  administrator = await district.api('administrator')
  await change('crane-1', { operators: [planted.card] })
  await change('crane-2', { format: 'deye', vendorId: '18090311' })
  await change('hoist-1', { format: 'hoist-7a7a', vendorId: 'HOIST001', operators: [planted.driver] })
  const { password } = await administrator.send<{ password: string }>('POST', '/api/v1/devices/crane-1/credential')
  issued.push(password)
  crane = await client('crane-1', password)
  deye = await client('crane-2')
}, 240_000)

afterAll(async () => {
  await crane?.endAsync(true)
  await deye?.endAsync(true)
  await district?.remove()
})

/** Native frames, events and words, good ones and bad ones. Returns how many are bad. */
async function sendNative(): Promise<number> {
  const { card, idNumber, name, password, token, phone } = planted
  const time = Date.now()
  const person = { driverName: name, IdNo: idNumber, phone, password, token }
  const good = [
    { time, operator: card, hookLoad: 1 },
    { time: time + 1, ...person },
  ]
  const bad = [
    `{"time":"${time}","operator":"${card}"}`,
    JSON.stringify({ time: idNumber, ...person }),
    JSON.stringify({ time, hookLoad: 'heavy', ...person }),
    `{"operator":"${card}","driverName":${name}}`,
    `{"time":${time},"operator":"${card}","password":"${password}","token":"${token}"`,
    `[{"time":${time},"falls":3,"operator":"${card}","driverName":"${name}"}]`,
  ]
  for (const frame of good) {
    await crane.publishAsync(telemetry('tower-crane', 'crane-1'), JSON.stringify(frame), { qos: 1 })
  }
  for (const text of bad) await crane.publishAsync(telemetry('tower-crane', 'crane-1'), text, { qos: 1 })
  const event = { time, code: 'overload_alarm', active: false, text: `asked ${idNumber}` }
  await crane.publishAsync(telemetry('tower-crane', 'crane-1', 'event'), JSON.stringify(event), { qos: 1 })
  await crane.publishAsync(telemetry('tower-crane', 'crane-1', 'event'), `{"code":1,"Name":"${name}"}`, { qos: 1 })
  await crane.publishAsync(telemetry('tower-crane', 'crane-1', 'status'), `gone, ${idNumber}`, { qos: 1 })
  await crane.publishAsync(telemetry('tower-crane', 'crane-1', 'command-ack'), `{"IdNo":"${idNumber}"`, { qos: 1 })
  return bad.length + 3
}

/** A vendor's JSON by a mapping, and frames in bytes over TCP. Returns how many are bad, at least. */
async function sendVendors(): Promise<number> {
  const { idNumber, name } = planted
  const state = { HxzId: '18090311', RTime: '2026-03-01 08:30:00', Weight: 2, Name: name, IdNo: idNumber }
  const texts = [
    state,
    { ...state, HxzId: idNumber },
    { ...state, RTime: idNumber },
    { ...state, Weight: 'heavy' },
  ].map((it) => JSON.stringify(it))
  for (const text of [...texts, texts[0]?.slice(0, -3) ?? '']) {
    await deye.publishAsync('BIM/Sets/zhgd/DEYE/18090311/RealtimeDataCrane', text, { qos: 1 })
  }
  const frame = Buffer.from(hoistFrame, 'hex')
  const broken = Buffer.from(frame)
  broken[76] = (broken[76] ?? 0) ^ 1
  const socket = dial({ port: framesPort, host: '127.0.0.1' })
  await once(socket, 'connect')
  socket.write(Buffer.concat([frame, broken, Buffer.from(`rubbish ${idNumber}`), frame]))
  socket.end()
  await once(socket, 'close')
  return 4
}

/** Whoever comes with a wrong secret, or with a right one in a wrong place. */
async function signInWrongly(): Promise<void> {
  const { wrongSecret, wrongPassword, typedAsName, inQuery, inHeader, idNumber } = planted
  await expect(client('crane-1', wrongSecret)).rejects.toMatchObject({ code: 5 })
  await expect(
    connectAsync(district.mqttUrl, { clientId: 'x', username: wrongSecret, password: wrongSecret, reconnectPeriod: 0 }),
  ).rejects.toMatchObject({ code: 5 })
  const right = district.credentials.users[0]?.password ?? ''
  const call = (path: string, init: RequestInit = {}) => fetch(`${district.url}${path}`, init)
  const session = (body: string) =>
    call('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  for (const [name, password] of [
    ['administrator', wrongPassword],
    [typedAsName, right],
    [right, right],
  ]) {
    expect((await session(JSON.stringify({ name, password }))).status).toBe(401)
  }
  expect((await session(`{"name":"administrator","password":"${right}`)).status).toBe(400)
  expect((await session(JSON.stringify({ password: [right], name: typedAsName }))).status).toBe(422)
  for (const path of ['/api/v1/devices', '/api/v1/incidents', '/api/v1/devices/crane-1/telemetry', '/nothing']) {
    await call(`${path}?token=${inQuery}&query=${idNumber}`, { headers: { authorization: `Bearer ${inHeader}` } })
    await call(`${path}?token=${inQuery}`, { headers: { cookie: `lifeline_session=${inHeader}` } })
  }
}

/** A command with somebody's name to a device that answers with more than it should. */
async function command(): Promise<void> {
  const topic = telemetry('tower-crane', 'crane-1', 'command')
  const received = new Promise<{ id: string }>((resolve) =>
    crane.on('message', (name, payload) => {
      if (name === topic) resolve(JSON.parse(payload.toString()) as { id: string })
    }),
  )
  await crane.subscribeAsync(topic, { qos: 1 })
  const path = '/api/v1/devices/crane-1/commands'
  await administrator.send('POST', path, { name: 'announce', args: { text: announced } })
  const { id } = await received
  const reason = `only for ${planted.idNumber}`
  await crane.publishAsync(`${topic}-ack`, JSON.stringify({ id, ok: false, reason }), { qos: 1 })
  await eventually('the answer', async () => {
    const { state } = await administrator.get<{ state: string }>(`${path}/${id}`)
    return state === 'failed' ? state : undefined
  })
}

/** Somebody calls for one who is trapped: what he says is the desk's alone. */
async function call(): Promise<void> {
  const { callerPhone, trapped } = planted
  const text = `${trapped} is inside`
  await administrator.send('POST', '/api/v1/incidents', { deviceId: 'lift-001', rule: 'entrapment', callerPhone, text })
}

/** Waits until what was sent is stored. */
async function settled(bad: number): Promise<void> {
  const connection = await connect({ servers: district.launched.urls.nats })
  const manager = await connection.jetstreamManager()
  await eventually('the bad payloads in quarantine', async () => {
    const { state } = await manager.streams.info('QUARANTINE')
    return state.messages >= bad ? true : undefined
  })
  await connection.close()
  for (const [deviceId, count] of [
    ['crane-1', 1],
    ['crane-2', 1],
    ['hoist-1', 1],
  ] as const) {
    await eventually(`${count} frames of ${deviceId} in InfluxDB`, async () => {
      const { text } = await points(district.launched.urls.influx)
      return text.includes(deviceId) ? true : undefined
    })
  }
}

test('no secret and nothing of anybody stands in a log, in NATS or in InfluxDB, wherever it came in', async () => {
  const bad = (await sendNative()) + (await sendVendors())
  await signInWrongly()
  await command()
  await call()
  await settled(bad)
  await expect(fetch(`${district.url}/api/v1/devices/crane-1`)).resolves.toMatchObject({ status: 401 })

  const traces: Trace[] = [
    ...(await logs(district.dataDir)),
    ...(await messages(district.launched.urls.nats)),
    await points(district.launched.urls.influx),
    ...(await files(join(district.dataDir, 'influx'))),
  ]
  // What proves that the search finds what is there.
  const found = (text: string): string[] => traces.filter((it) => it.text.includes(text)).map(({ where }) => where)
  expect(found('crane-1').length).toBeGreaterThan(10)
  expect(traces.find(({ where }) => where === 'InfluxDB')?.text).toContain('op1_')
  expect(found('sign-in refused').length).toBeGreaterThan(0)

  const { users, devices } = district.credentials
  const secrets = [...users, ...devices].map(({ password }) => password)
  const all = [...Object.values(planted), ...issued, ...secrets, sessionTokenHead]
  expect(all.flatMap((secret) => found(secret).map((where) => [secret, where]))).toEqual([])
  expect(found(announced).filter((where) => !where.startsWith('KV_commands '))).toEqual([])
}, 240_000)
