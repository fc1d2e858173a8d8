import { maxPayloadBytes } from '@lifeline/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packetOf } from './connect-packet.ts'
import { checkFixedHeader } from './control-packets.ts'
import { PacketError, PacketReader } from './packet-reader.ts'

interface Seen {
  readonly first: number
  readonly body: Buffer
  readonly skipped: number
}

/** A reader with all it has passed on; `stopAt` has it stop after that many packets. */
function reading(stopAt = Number.POSITIVE_INFINITY): { reader: PacketReader; seen: Seen[] } {
  const seen: Seen[] = []
  const reader = new PacketReader({
    header: (first, length) => checkFixedHeader(first, length, 1_024),
    packet: (first, bytes, start, end, skipped) => {
      seen.push({ first, body: Buffer.from(bytes.subarray(start, end)), skipped })
      return seen.length !== stopAt
    },
  })
  return { reader, seen }
}

const packet = fc.oneof(
  fc.record({ first: fc.constantFrom(0x30, 0x32, 0x3d), body: fc.uint8Array({ maxLength: 300 }).map(Buffer.from) }),
  fc.record({
    first: fc.constantFrom(0x40, 0x62),
    body: fc.uint8Array({ minLength: 2, maxLength: 2 }).map(Buffer.from),
  }),
  fc.record({ first: fc.constantFrom(0xc0, 0xe0), body: fc.constant(Buffer.alloc(0)) }),
  fc.record({ first: fc.constantFrom(0x10, 0x82), body: fc.uint8Array({ maxLength: 200 }).map(Buffer.from) }),
)
const bytesOf = (packets: readonly { first: number; body: Buffer }[]): Buffer =>
  Buffer.concat(packets.map(({ first, body }) => packetOf(first, body)))

/** Cuts `bytes` into pieces of the sizes given, over and over. */
function* pieces(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 20 })

test('whatever the chunks, the packets are those that were sent', () => {
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 20 }), sizes, (packets, sizes) => {
      const { reader, seen } = reading()
      for (const piece of pieces(bytesOf(packets), sizes)) reader.push(piece)
      expect(seen).toEqual(packets.map((it) => ({ ...it, skipped: 0 })))
    }),
    { numRuns: 1_000 },
  )
})

test('after a stop nothing is passed on, and nothing is lost, until it is resumed', () => {
  fc.assert(
    fc.property(fc.array(packet, { minLength: 2, maxLength: 20 }), sizes, fc.nat(), (packets, sizes, n) => {
      const stopAt = 1 + (n % (packets.length - 1))
      const { reader, seen } = reading(stopAt)
      for (const piece of pieces(bytesOf(packets), sizes)) reader.push(piece)
      expect(seen).toHaveLength(stopAt)
      reader.resume()
      expect(seen).toEqual(packets.map((it) => ({ ...it, skipped: 0 })))
    }),
    { numRuns: 500 },
  )
})

test('no bytes do worse to it than a PacketError', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), (chunks) => {
      const { reader } = reading()
      try {
        for (const chunk of chunks) reader.push(Buffer.from(chunk))
      } catch (error) {
        expect(error).toBeInstanceOf(PacketError)
      }
    }),
    { numRuns: 5_000 },
  )
})

describe('a PUBLISH longer than what is kept', () => {
  const kept = maxPayloadBytes + 65_539
  const body = Buffer.alloc(kept + 100_000, 'abcdefg')
  const after = { first: 0xc0, body: Buffer.alloc(0) }
  const bytes = bytesOf([{ first: 0x32, body }, after])
  const expected = [
    { first: 0x32, body: body.subarray(0, kept), skipped: 100_000 },
    { ...after, skipped: 0 },
  ]

  test.each([1_000, 65_536, bytes.length])('comes as its head, in chunks of %i bytes', (size) => {
    const { reader, seen } = reading()
    for (const piece of pieces(bytes, [size])) reader.push(piece)
    expect(seen).toEqual(expected)
  })

  test('of 256 MiB, the most MQTT allows, takes no more memory than its head', () => {
    const { reader, seen } = reading()
    reader.push(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]))
    const megabyte = Buffer.alloc(1 << 20)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    for (let i = 0; i < 256; i++) {
      reader.push(i < 255 ? megabyte : megabyte.subarray(0, -1))
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    expect(seen.map(({ body, skipped }) => body.length + skipped)).toEqual([268_435_455])
    expect(most).toBeLessThan(8 << 20)
  })
})

test('a remaining length of more than four bytes is no MQTT', () => {
  const { reader } = reading()
  reader.push(Buffer.from([0x30, 0xff, 0xff, 0xff]))
  expect(() => reader.push(Buffer.from([0xff]))).toThrow(PacketError)
})

test('a long packet byte by byte is read in a time that grows with its length only', () => {
  const { reader, seen } = reading()
  const bytes = bytesOf([{ first: 0x30, body: Buffer.alloc(maxPayloadBytes) }])
  for (const piece of pieces(bytes, [1])) reader.push(piece)
  expect(seen).toHaveLength(1)
})
