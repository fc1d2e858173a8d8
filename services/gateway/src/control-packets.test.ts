import { expect, test } from 'vitest'
import { checkFixedHeader } from './control-packets.ts'
import { PacketError } from './packet-reader.ts'

const check = (first: number, length: number) => () => checkFixedHeader(first, length, 100)

test('every packet of a client passes with the flags that MQTT gives it', () => {
  for (const [first, length] of [
    [0x10, 40],
    [0x30, 1_000_000],
    [0x32, 5],
    [0x3d, 5],
    [0x40, 2],
    [0x50, 2],
    [0x62, 2],
    [0x70, 2],
    [0x82, 20],
    [0xa2, 20],
    [0xc0, 0],
    [0xe0, 0],
  ] as const) {
    expect(check(first, length)).not.toThrow()
  }
})

test.each([
  ['reserved types', 0x00, 0],
  ['packets of a server', 0x20, 2],
  ['SUBACK', 0x90, 3],
  ['AUTH, which is MQTT 5', 0xf0, 0],
  ['wrong flags of SUBSCRIBE', 0x80, 20],
  ['wrong flags of PUBREL', 0x60, 2],
  ['wrong flags of PINGREQ', 0xc1, 0],
  ['QoS 3', 0x36, 10],
  ['DUP at QoS 0', 0x38, 10],
  ['PINGREQ with a body', 0xc0, 1],
  ['PUBACK without an id', 0x40, 0],
  ['SUBSCRIBE beyond the limit', 0x82, 101],
])('%s is no packet to take', (_name, first, length) => {
  expect(check(first, length)).toThrow(PacketError)
})
