import { expect, test } from 'vitest'
import { PacketError } from './packet-reader.ts'
import { readPublish } from './publish-packet.ts'

const read = (first: number, body: string | number[], skipped = 0) => {
  const bytes = Buffer.concat([Buffer.from('..'), Buffer.from(body as string)])
  return readPublish(first, bytes, 2, bytes.length, skipped)
}

test('topic, id and payload are read from where they are', () => {
  expect(read(0x33, '\0\x03a/b\x01\x02hello')).toEqual({
    qos: 1,
    retain: true,
    packetId: 0x102,
    topic: 'a/b',
    payload: Buffer.from('hello'),
    payloadBytes: 5,
  })
  expect(read(0x30, '\0\x03a/bhello', 100)).toMatchObject({ qos: 0, packetId: 0, payloadBytes: 105 })
  expect(read(0x34, '\0\x01a\0\x01')).toMatchObject({ qos: 2, packetId: 1, payloadBytes: 0 })
})

test.each([
  ['no topic', 0x30, [0]],
  ['a topic longer than the packet', 0x30, [0, 5, 97]],
  ['no id where QoS wants one', 0x32, [0, 1, 97, 0]],
  ['id 0', 0x32, [0, 1, 97, 0, 0]],
])('%s breaks the protocol', (_name, first, body) => {
  expect(() => read(first, body)).toThrow(PacketError)
})
