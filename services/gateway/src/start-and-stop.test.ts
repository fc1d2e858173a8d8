import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld, gatewayProcess, health, privacyKey } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { storedCounters, storedRecords, tickTimes } from './testing/stored.ts'

const frame = (seq: number) => JSON.stringify({ time: 1_790_000_000_000, seq })
const topic = 'v1/elevator/EL-1/telemetry'
const machines = [{ deviceId: 'EL-1', kind: 'elevator', siteId: 'site-1' }] as const
/** For tests that start processes, on a machine that has other work. */
const patienceMs = 120_000
let world: GatewayWorld

beforeAll(async () => {
  world = await GatewayWorld.start({ machines })
})
afterAll(() => world.stop())

test(
  'without NATS it is unhealthy, says why, and does not listen, so that every client tries again',
  async () => {
    const nowhere = `nats://127.0.0.1:${await freePort()}`
    const { gateway, port, servicePort } = await gatewayProcess(
      nowhere,
      {},
      async (it) => (await health(it)) !== undefined,
    )
    await gateway.start()
    const answer = await health(servicePort)
    expect(answer?.ok).toBe(false)
    expect(answer?.reasons.join()).toContain('NATS at nats://127.0.0.1')
    const [refused] = await once(createConnection(port, '127.0.0.1'), 'error')
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' })
    await gateway.stop()
  },
  patienceMs,
)

test(
  'a stop stores and answers what was taken, and publishes no wills',
  async () => {
    const will = { topic: 'v1/elevator/EL-1/status', payload: Buffer.from('offline'), qos: 1 as const, retain: true }
    const client = await RawClient.open(world.port, 'EL-1', { will })
    const answers: string[] = []
    const reading = (async () => {
      for (;;) answers.push(...(await client.answers(1)))
    })().catch(() => undefined)
    for (let id = 1; id <= 2_000; id++) client.send(publishPacket(topic, frame(id), id))
    await world.gateway.stop('SIGTERM')
    await reading
    const stored = await storedCounters(world.bus, 'EL-1')
    expect(answers).toEqual(stored.map((seq) => `puback ${seq}`))
    await world.gateway.start()
    const again = await RawClient.open(world.port, 'EL-1')
    again.send(publishPacket(topic, frame(9_999), 1))
    await again.answers(1)
    const records = await storedRecords(world.bus, 'EL-1', stored.length + 1)
    expect(records.filter(({ type }) => type === 'status')).toEqual([])
    await again.end()
  },
  patienceMs,
)

test(
  'ticks come into every partition twice a second',
  async () => {
    for (const partition of [0, 1]) {
      const [a = 0, b = 0, c = 0] = await tickTimes(world.bus, partition, 3)
      for (const between of [b - a, c - b]) {
        expect(between).toBeGreaterThan(0)
        expect(between).toBeLessThan(5_000)
      }
    }
  },
  patienceMs,
)

test(
  'a wrong variable ends the start with 1 and is named',
  async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url))
    const start = promisify(execFile)(process.execPath, [main], { env: { ...process.env, MQTT_PORT: 'MQTT' } })
    await expect(start).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('MQTT_PORT') })
  },
  patienceMs,
)

test(
  'another number of partitions than the log has ends the start with 1',
  async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url))
    const env = {
      ...process.env,
      NATS_URL: world.nats.url,
      PRIVACY_KEY: privacyKey,
      PARTITIONS: '5',
      MQTT_PORT: '0',
      SERVICE_PORT: '0',
    }
    const start = promisify(execFile)(process.execPath, [main], { env })
    await expect(start).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('PARTITIONS is 5') })
  },
  patienceMs,
)
