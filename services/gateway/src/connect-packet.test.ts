import { generate, type IConnectPacket, parser } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { readConnect } from './connect-packet.ts'
import { PacketError } from './packet-reader.ts'

const connect: IConnectPacket = {
  cmd: 'connect',
  clientId: 'EL-1',
  clean: false,
  keepalive: 700,
  username: 'EL-1',
  password: Buffer.from('x'.repeat(200)),
  will: { topic: 'v1/elevator/EL-1/status', payload: Buffer.from('offline'), qos: 1, retain: true },
}

function parsed(bytes: Buffer): unknown {
  let result: unknown
  const reader = parser()
  reader.on('packet', (packet) => {
    result = packet
  })
  reader.parse(bytes)
  return result
}

test('the broker gets the same packet but for the keep-alive', () => {
  const bytes = generate(connect)
  // Type, and two bytes of remaining length.
  const { forBroker, ...head } = readConnect(bytes, 3, bytes.length)
  expect(head).toEqual({ supported: true, keepAliveSeconds: 700, clean: false })
  expect(parsed(forBroker)).toEqual({ ...(parsed(bytes) as object), keepalive: 0 })
})

test('MQTT 3.1 is spoken too, MQTT 5 and anything else is not', () => {
  const supported = (protocol: string) => {
    const bytes = Buffer.from(protocol)
    return readConnect(bytes, 0, bytes.length).supported
  }
  expect(supported('\0\x06MQIsdp\x03\x02\0\x0a\0\0')).toBe(true)
  expect(supported('\0\x04MQTT\x05\x02\0\x0a\0\0')).toBe(false)
  expect(supported('\0\x04MQTT\x03\x02\0\x0a\0\0')).toBe(false)
  expect(supported('\0\x04HTTP\x04\x02\0\x0a\0\0')).toBe(false)
})

test('a CONNECT cut short breaks the protocol', () => {
  for (const length of [0, 1, 2, 5, 9]) {
    expect(() => readConnect(Buffer.from('\0\x04MQTT\x04\x02\0'), 0, length)).toThrow(PacketError)
  }
})
