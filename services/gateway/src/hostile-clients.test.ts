import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packetOf } from './connect-packet.ts'
import { GatewayWorld } from './testing/gateway-world.ts'
import { connectPacket, publishPacket, RawClient } from './testing/raw-client.ts'

let world: GatewayWorld

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: ['EL-1', 'EL-2'].map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'site-1' })),
  })
})
afterAll(() => world.stop())

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((it) => Buffer.from(it))
/** Right on the outside, anything within. */
const body = fc.oneof(
  bytes(40),
  fc
    .tuple(fc.constantFrom('\0\x01', '\0\0', '\0\x04MQTT\x04\x02\0\0', '\0\x04MQTT\x04\xff\0\0'), bytes(30))
    .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), rest])),
  fc
    .tuple(fc.nat(65_535), fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(255))))
    .map(([id, filters]) =>
      Buffer.concat([
        Buffer.from([id >> 8, id & 255]),
        ...filters.map(([filter, qos]) => {
          const name = Buffer.from(filter)
          return Buffer.concat([Buffer.from([0, name.length]), name, Buffer.from([qos])])
        }),
      ]),
    ),
)
const first = fc.constantFrom(0x10, 0x30, 0x32, 0x34, 0x3d, 0x40, 0x50, 0x62, 0x70, 0x82, 0xa2, 0xc0)
const rubbish = fc.oneof(
  bytes(60),
  fc
    .array(fc.tuple(first, body), { minLength: 1, maxLength: 4 })
    .map((packets) => Buffer.concat(packets.map(([type, content]) => packetOf(type, content)))),
)

test('no bytes, signed in or not, do more than end the connection they came over', async () => {
  const pid = world.gateway.pid
  const good = await RawClient.open(world.port, 'EL-2')
  let id = 0
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(rubbish, { minLength: 1, maxLength: 3 }), async (signedIn, chunks) => {
      const hostile = new RawClient(world.port)
      if (signedIn) hostile.send(generate(connectPacket('EL-1')))
      for (const chunk of chunks) hostile.send(chunk)
      hostile.send(Buffer.from([0xe0, 0]))
      hostile.socket.end()
      await hostile.closed
      good.send(publishPacket('v1/elevator/EL-2/telemetry', `{"time":${++id}}`, id))
      expect(await good.answers(1)).toEqual([`puback ${id}`])
    }),
    { numRuns: 1_500 },
  )
  expect(world.gateway.pid).toBe(pid)
  await good.end()
  const metrics = await world.metrics()
  const sum = (name: string): number =>
    [...metrics].filter(([key]) => key.startsWith(name)).reduce((total, [, value]) => total + value, 0)
  const stored = sum('lifeline_frames_committed_total') + sum('lifeline_frames_quarantined_total')
  expect(sum('lifeline_frames_received_total')).toBe(stored + sum('lifeline_frames_refused_total'))
}, 120_000)
