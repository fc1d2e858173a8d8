import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectBus } from '@lifeline/bus'
import { type IncidentEvent, streams } from '@lifeline/contracts'
import { eventually, tempFolder } from '@lifeline/test-support'
import { connectAsync } from 'mqtt'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Credentials, readCredentials } from './credentials.ts'
import { demoScenario } from './demo-scenario.ts'
import { Fleet } from './fleet.ts'
import { type RegisteredDevice, RegistryClient } from './registry-client.ts'
import { runReplay } from './replay/run-replay.ts'
import { type Product, startProduct } from './testing/product.ts'

let product: Product
let credentials: Credentials
let devices: RegisteredDevice[]
let fleet: Fleet | undefined

beforeAll(async () => {
  product = await startProduct()
  credentials = await readCredentials(product.credentialsFile)
  const registry = await RegistryClient.signIn(product.apiUrl, credentials)
  devices = await registry.devices()
}, 180_000)
afterEach(async () => {
  await fleet?.stop()
  fleet = undefined
})
afterAll(() => product?.remove())

function startFleet(): Fleet {
  const { mqttUrl } = product
  const started = new Fleet({ mqttUrl, seed: 'demo', credentials, devices, logger: pino({ level: 'silent' }) })
  fleet = started
  started.start()
  return started
}

const allConnected = (started: Fleet) =>
  eventually('all connected', async () => (started.tally.connected === started.tally.connections ? true : undefined))
/** All that was sent by now and more has been acknowledged. */
async function allAcknowledged(started: Fleet): Promise<void> {
  const { published } = started.tally
  await eventually('acknowledged', async () => (started.tally.acknowledged > published ? true : undefined))
}

test('the registry tells all its devices, page by page', () => {
  expect(devices.length).toBeGreaterThanOrEqual(70)
  expect(new Set(devices.map(({ deviceId }) => deviceId)).size).toBe(devices.length)
})

describe('a recording', () => {
  /** A ride of three storeys as an accelerometer feels it, 30 s. */
  const lines = Array.from({ length: 52 }, (_, i) => {
    const pulse = i === 10 || i === 11 ? 70 : i === 34 || i === 35 ? -60 : 0
    return `${(0.4 + i * 0.577).toFixed(3)},-40,8,${1_016 + (i % 3) * 6 + pulse}`
  })

  test('with an entrapment, handed in twenty times as fast, is one incident that is not late', {
    timeout: 60_000,
  }, async () => {
    const folder = await tempFolder()
    const file = join(folder.path, 'ride.csv')
    await writeFile(file, ['time_s,ax_mg,ay_mg,az_mg', ...lines].join('\n'))
    const result = await runReplay({
      ...{ file, speed: 20, entrap: true, mqttUrl: product.mqttUrl, credentials, devices },
      handoverPath: join(folder.path, 'no-fleet.sock'),
      logger: pino({ level: 'silent' }),
      begins: () => undefined,
      signal: new AbortController().signal,
    })
    expect(result).toMatchObject({ acknowledged: result.frames, refused: 0 })
    const incident = await firstIncident('entrapment')
    expect(incident).toMatchObject({ deviceId: result.deviceId, late: false })
    const { openedAt } = incident
    expect(openedAt - result.startTime).toBeGreaterThan(30_000)
    expect(openedAt).toBeLessThan(result.startTime + result.durationMs)
    await folder.remove()
  })
})

test('every device reports and nothing of it is refused; the first entrapped call at once', {
  timeout: 90_000,
}, async () => {
  const started = startFleet()
  await allConnected(started)
  const trapped = demoScenario(devices).find(({ action }) => action.name === 'entrap')?.deviceId
  const alarm = await firstIncident('alarm_button')
  expect(alarm.deviceId).toBe(trapped)
  await allAcknowledged(started)
  expect(started.tally.refused).toBe(0)
  expect(started.tally.connections).toBeLessThan(devices.length)
})

test('a gateway that is killed costs no frame', { timeout: 90_000 }, async () => {
  const started = startFleet()
  await allConnected(started)
  await product.gateway.stop('SIGKILL')
  const { published } = started.tally
  await eventually('frames while it is away', async () =>
    started.tally.published > published + 100 ? true : undefined,
  )
  expect(started.tally.problem).toMatch(/ECONNREFUSED|ECONNRESET/)
  await product.gateway.start()
  await allConnected(started)
  await allAcknowledged(started)
  expect(started.tally.refused).toBe(0)
})

describe('a device that is handed over', () => {
  test('can be spoken for by another client, until the fleet takes it back', { timeout: 90_000 }, async () => {
    const started = startFleet()
    await allConnected(started)
    const { connected } = started.tally
    const own = credentials.devices.find(({ kind }) => kind === 'elevator')
    if (own === undefined) throw new Error('the demo district has no lift')
    expect(await started.handOver(own.deviceId)).toBe(true)
    expect(await started.handOver(own.deviceId)).toBe(false)
    expect(await started.handOver('nobody')).toBe(false)
    const { username, password, deviceId } = own
    const other = await connectAsync(product.mqttUrl, { username, password, clientId: deviceId, reconnectPeriod: 0 })
    const frame = JSON.stringify({ time: Date.now(), speed: 0, occupied: false })
    await other.publishAsync(`v1/elevator/${deviceId}/telemetry`, frame, { qos: 1 })
    expect([started.tally.connected, other.connected]).toEqual([connected - 1, true])
    await other.endAsync()
    started.takeBack(deviceId)
    await allConnected(started)
  })
})

test('the process waits for nothing once it is told to end, and exits with 0', { timeout: 60_000 }, async () => {
  const { credentialsFile: CREDENTIALS_FILE, mqttUrl: MQTT_URL, apiUrl: API_URL } = product
  const main = spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname], {
    env: { ...process.env, CREDENTIALS_FILE, MQTT_URL, API_URL },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  main.stdout.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  await eventually('driving', async () => (log.includes('"msg":"driving"') ? true : undefined))
  main.kill('SIGTERM')
  expect(await once(main, 'exit')).toEqual([0, null])
  expect(log).toContain('"msg":"stopping"')
})

/** The first incident of a rule that the engine tells. */
async function firstIncident(rule: string): Promise<IncidentEvent['data']> {
  const bus = await connectBus(product.natsUrl, 'test', () => undefined)
  try {
    const filterSubjects = `incident.*.${rule}.>`
    const consumer = await bus.connection.jetstream().consumers.get(streams.incidents, { filterSubjects })
    const message = await eventually(
      `an incident ${rule}`,
      async () => (await consumer.next({ expires: 1_000 })) ?? undefined,
    )
    return message.json<IncidentEvent>().data
  } finally {
    await bus.close()
  }
}
