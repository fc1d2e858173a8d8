import { kill } from 'node:process'
import { generate } from 'mqtt-packet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { storedCounters } from './testing/stored.ts'

let world: GatewayWorld
const limits = { MAX_UNACKNOWLEDGED: '100', MAX_CONNECTION_BYTES: '100000', MAX_PENDING_BYTES: '1000000' }

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: ['EL-1', 'EL-2', 'EL-3'].map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'site-1' })),
    env: limits,
  })
})
afterAll(() => world.stop())

const topic = (deviceId: string) => `v1/elevator/${deviceId}/telemetry`
const frame = (seq: number) => JSON.stringify({ time: 1_790_000_000_000, seq })
const burst = (deviceId: string, from: number, count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      generate(publishPacket(topic(deviceId), frame(from + i), (from + i) % 65_535 || 1)),
    ),
  )

test('while NATS stands still a flooding client is held back, not dropped, and another is still heard', async () => {
  const flooding = await RawClient.open(world.port, 'EL-1')
  const quiet = await RawClient.open(world.port, 'EL-2')
  const natsPid = world.nats.process.pid ?? 0
  kill(natsPid, 'SIGSTOP')
  const count = 60_000
  const allTaken = new Promise<void>((resolve) => flooding.socket.write(burst('EL-1', 1, count), () => resolve()))
  // Held back: the gateway has stopped reading, so not all of it can have left this side.
  for (let i = 0; i < 50; i++) expect(await quiet.ping()).toEqual([])
  const pending = (await world.metrics()).get('lifeline_pending_bytes') ?? 0
  expect(pending).toBeGreaterThan(0)
  // What one read brings may be over the limit before the limit is seen.
  expect(pending).toBeLessThan(400_000)
  expect(flooding.socket.destroyed).toBe(false)
  kill(natsPid, 'SIGCONT')
  const answers = await flooding.answers(count)
  await allTaken
  expect(answers).toEqual(Array.from({ length: count }, (_, i) => `puback ${i + 1}`))
  expect((await world.metrics()).get('lifeline_pending_bytes')).toBe(0)
  expect(await storedCounters(world.bus, 'EL-1')).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  await Promise.all([flooding.end(), quiet.end()])
}, 60_000)

test("another's frames are answered in the middle of a flood that does not end before they are", async () => {
  const flooding = await RawClient.open(world.port, 'EL-1')
  const quiet = await RawClient.open(world.port, 'EL-3')
  const size = 5_000
  let answered = 0
  let over = false
  const flood = (async () => {
    flooding.socket.write(burst('EL-1', 1, 2 * size))
    let sent = 2 * size
    while (answered < sent) {
      await flooding.answers(size)
      answered += size
      if (over) continue
      flooding.socket.write(burst('EL-1', sent + 1, size))
      sent += size
    }
  })()
  for (let id = 1; id <= 20; id++) {
    quiet.send(publishPacket(topic('EL-3'), frame(id), id))
    expect(await quiet.answers(1)).toEqual([`puback ${id}`])
  }
  over = true
  await flood
  expect(answered).toBeGreaterThanOrEqual(2 * size)
  await Promise.all([flooding.end(), quiet.end()])
}, 60_000)
