import fc from 'fast-check'
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { connectForBroker, readConnect } from './connect-packet.ts'
import { PacketError } from './packet-reader.ts'
import { hex } from './testing/hex.ts'

const read = (bytes: Buffer) => readConnect(bytes, 0, bytes.length)
/** The variable header of a CONNECT of MQTT 3.1.1 with flags and a keep-alive of 10 s, and a payload behind it. */
const connect = (flags: string, payload: string) => read(hex(`0004 'MQTT' 04 ${flags} 000A ${payload}`))

function parsed(bytes: Buffer): Packet | undefined {
  let result: Packet | undefined
  const reader = parser()
  reader.on('packet', (packet) => {
    result = packet
  })
  reader.parse(bytes)
  return result
}

describe('CONNECT is read', () => {
  test('with all that it may have', () => {
    expect(connect('F6', "0001 'c' 0001 't' 0002 FF00 0001 'u' 0003 00FF80")).toEqual({
      clientId: 'c',
      clean: true,
      keepAliveSeconds: 10,
      will: { topic: 't', payload: hex('FF00'), qos: 2, retain: true },
      username: 'u',
      password: hex('00FF80'),
    })
  })

  test('with as little as it may have', () => {
    expect(connect('00', '0000')).toEqual({ clientId: '', clean: false, keepAliveSeconds: 10 })
  })

  test('of MQTT 3.1, which leaves the reserved flag open, and not of MQTT 5 or any other level', () => {
    expect(read(hex("0006 'MQIsdp' 03 01 000A 0001 'p'"))).toMatchObject({ clientId: 'p' })
    for (const other of ["0004 'MQTT' 05", "0004 'MQTT' 03", "0006 'MQIsdp' 04"]) {
      expect(read(hex(`${other} 02 000A 0001 'p'`))).toBeUndefined()
    }
  })
})

describe('a CONNECT is no CONNECT', () => {
  test.each([
    ['another protocol [MQTT-3.1.2-1]', "0004 'HTTP' 04 02 000A 0001 'p'"],
    ['the reserved flag [MQTT-3.1.2-3]', "0004 'MQTT' 04 03 000A 0001 'p'"],
    ['a will QoS without a will [MQTT-3.1.2-13]', "0004 'MQTT' 04 0A 000A 0001 'p'"],
    ['will retain without a will [MQTT-3.1.2-15]', "0004 'MQTT' 04 22 000A 0001 'p'"],
    ['will QoS 3 [MQTT-3.1.2-14]', "0004 'MQTT' 04 1E 000A 0001 'p' 0001 'p' 0001 'p'"],
    ['a will flag without a will [MQTT-3.1.2-9]', "0004 'MQTT' 04 06 000A 0001 'p'"],
    ['a will without a message [MQTT-3.1.2-9]', "0004 'MQTT' 04 06 000A 0001 'p' 0001 'p'"],
    ['a will topic with a wildcard [MQTT-3.3.2-2]', "0004 'MQTT' 04 06 000A 0001 'p' 0003 'a/#' 0001 'p'"],
    ['an empty will topic [MQTT-4.7.3-1]', "0004 'MQTT' 04 06 000A 0001 'p' 0000 0001 'p'"],
    ['a user name that no flag names [MQTT-3.1.2-18]', "0004 'MQTT' 04 02 000A 0001 'p' 0001 'p'"],
    ['a missing user name [MQTT-3.1.2-19]', "0004 'MQTT' 04 82 000A 0001 'p'"],
    ['a password that no flag names [MQTT-3.1.2-20]', "0004 'MQTT' 04 82 000A 0001 'p' 0001 'p' 0001 'p'"],
    ['a missing password [MQTT-3.1.2-21]', "0004 'MQTT' 04 C2 000A 0001 'p' 0001 'p'"],
    ['a password without a user name [MQTT-3.1.2-22]', "0004 'MQTT' 04 42 000A 0001 'p' 0001 'p'"],
    ['something behind its end', "0004 'MQTT' 04 02 000A 0001 'p' 00"],
    ['no client id [MQTT-3.1.3-3]', "0004 'MQTT' 04 02 000A"],
  ])('with %s', (_name, packet) => {
    expect(() => read(hex(packet))).toThrow(PacketError)
  })

  test.each([
    ['NUL [MQTT-1.5.3-2]', '00'],
    ['a control character', '01'],
    ['DEL', '7F'],
    ['a C1 control character', 'C29F'],
    ['a surrogate [MQTT-1.5.3-1]', 'EDA080'],
    ['U+FFFF', 'EFBFBF'],
    ['half a character [MQTT-1.5.3-1]', 'C3'],
    ['an overlong form [MQTT-1.5.3-1]', 'C080'],
  ])('whose client id, user name or will topic holds %s', (_name, bytes) => {
    const text = `${(1 + bytes.length / 2).toString(16).padStart(4, '0')} 61 ${bytes}`
    expect(() => connect('02', text)).toThrow(PacketError)
    expect(() => connect('82', `0001 'p' ${text}`)).toThrow(PacketError)
    expect(() => connect('06', `0001 'p' ${text} 0000`)).toThrow(PacketError)
    expect(connect('C2', `0001 'p' 0001 'p' ${text}`)).toBeDefined()
  })

  test('wherever it is cut short', () => {
    const whole = hex("0004 'MQTT' 04 F6 000A 0001 'c' 0001 't' 0002 FF00 0001 'u' 0003 00FF80")
    for (let length = 0; length < whole.length; length++) {
      expect(() => readConnect(whole, 0, length)).toThrow(PacketError)
    }
  })
})

const text = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter((it) => !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(it))
const bytes = fc.uint8Array({ maxLength: 60 }).map((it) => Buffer.from(it))
const will = fc.record({
  topic: text.filter((it) => it !== '' && !/[+#]/.test(it)),
  payload: bytes,
  qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
  retain: fc.boolean(),
})

test('what another library writes is read as it was meant, and the broker gets who it is', () => {
  fc.assert(
    fc.property(
      text,
      fc.nat(65_535),
      fc.option(will, { nil: undefined }),
      text,
      bytes,
      (clientId, keepalive, it, username, password) => {
        const clean = true
        const packet: IConnectPacket = { cmd: 'connect', clientId, clean, keepalive, username, password }
        const wire = generate(it === undefined ? packet : { ...packet, will: it })
        const start = wire.indexOf('MQTT') - 2
        const {
          username: name = '',
          password: secret = Buffer.alloc(0),
          ...rest
        } = readConnect(wire, start, wire.length) ?? {}
        expect(rest).toEqual({
          clientId,
          clean,
          keepAliveSeconds: keepalive,
          ...(it === undefined ? {} : { will: it }),
        })
        expect([name, secret]).toEqual([username, password])
        const handedOn = parsed(connectForBroker(clientId, clean))
        expect(handedOn).toMatchObject({ clientId, clean, keepalive: 0, protocolVersion: 4 })
        for (const kept of ['password', 'username', 'will']) expect(handedOn).not.toHaveProperty(kept)
      },
    ),
  )
})

test('random bytes are read or refused, and nothing else happens', () => {
  const mutated = fc
    .tuple(
      fc.constant(hex("0004 'MQTT' 04 F6 000A 0001 'c' 0001 't' 0002 FF00 0001 'u' 0003 00FF80")),
      fc.nat(30),
      fc.nat(255),
    )
    .map(([packet, at, value]) => {
      const copy = Buffer.from(packet)
      copy[at % copy.length] = value
      return copy
    })
  fc.assert(
    fc.property(fc.oneof(bytes, mutated), (packet) => {
      try {
        read(packet)
      } catch (error) {
        expect(error).toBeInstanceOf(PacketError)
      }
    }),
    { numRuns: 3_000 },
  )
})
