import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PacketError } from './packet-reader.ts'
import { checkSubscribe, checkUnsubscribe } from './subscribe-packet.ts'
import { hex } from './testing/hex.ts'

const limits = { maxFilters: 3, maxLevels: 4 }
const subscribe = (packet: string) => checkSubscribe(hex(packet), 0, hex(packet).length, limits)
const unsubscribe = (packet: string) => checkUnsubscribe(hex(packet), 0, hex(packet).length, limits)

test('the filters of a packet are read', () => {
  expect(subscribe("1234 0001 '#' 00 0003 'a/+' 02")).toEqual(['#', 'a/+'])
  expect(unsubscribe("1234 0001 '#' 0003 'a/+'")).toEqual(['#', 'a/+'])
})

test.each([
  ['packet id 0 [MQTT-2.3.1-1]', "0000 0001 'a' 00"],
  ['no filter [MQTT-3.8.3-3]', '1234'],
  ['an empty filter [MQTT-4.7.3-1]', '1234 0000 00'],
  ['a requested QoS of 3 [MQTT-3.8.3-4]', "1234 0001 'a' 03"],
  ['reserved bits beside the QoS [MQTT-3.8.3-4]', "1234 0001 'a' 81"],
  ['no requested QoS', "1234 0001 'a'"],
  ['a wildcard within a level [MQTT-4.7.1-3]', "1234 0002 'a+' 00"],
  ['# before the end [MQTT-4.7.1-2]', "1234 0003 '#/a' 00"],
  ['NUL [MQTT-1.5.3-2]', '1234 0002 6100 00'],
  ['a control character', '1234 0002 6101 00'],
  ['a surrogate [MQTT-1.5.3-1]', '1234 0004 61EDA080 00'],
  ['U+FFFF', '1234 0004 61EFBFBF 00'],
  ['more levels than are taken', "1234 0009 'a/b/c/d/e' 00"],
  ['more filters than are taken', "1234 0001 'a' 00 0001 'b' 00 0001 'c' 00 0001 'd' 00"],
])('SUBSCRIBE with %s breaks the protocol', (_name, packet) => {
  expect(() => subscribe(packet)).toThrow(PacketError)
})

test.each([
  ['packet id 0 [MQTT-2.3.1-1]', "0000 0001 'a'"],
  ['no filter [MQTT-3.10.3-2]', '1234'],
  ['a filter cut short', "1234 0003 'a'"],
  ['no filter but noise', "1234 0002 'a#'"],
])('UNSUBSCRIBE with %s breaks the protocol', (_name, packet) => {
  expect(() => unsubscribe(packet)).toThrow(PacketError)
})

test('random bytes are read or refused, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      for (const check of [checkSubscribe, checkUnsubscribe]) {
        try {
          expect(check(Buffer.from(bytes), 0, bytes.length, limits).length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(PacketError)
        }
      }
    }),
    { numRuns: 3_000 },
  )
})
