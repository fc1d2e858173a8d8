import { crc16 } from './crc16.ts'
import { clockToleranceMs, type FrameFormat } from './frame-format.ts'
import { bcdTime, type Layout, personalPlaces, readBcdTime, readLayout } from './layout.ts'

/**
 * Hoist black box, protocol V1.4: `7A7A`, version (3), command, length of the data (low byte first), data, CRC of the
 * data, `7B7B`. Offsets are those of the whole frame.
 */
const head = Buffer.from('7a7a', 'hex')
const tail = Buffer.from('7b7b', 'hex')
const dataAt = 8
const around = dataAt + 4
/** Parameters are the longest; nothing the devices send is longer. */
const maxData = 512

const identity = { sn: ['ascii', 8, 8] } as const satisfies Layout
const clock = { ...identity, time: ['bcd', 16, 6] } as const satisfies Layout
const realtime = {
  ...identity,
  cycle: ['u32le', 16],
  driver: ['personal', 20, 8],
  time: ['bcd', 28, 6],
  /** kg (t / 1000). */
  weight: ['u16le', 34],
  ratedWeight: ['u16le', 36],
  /** dm. */
  height: ['u16le', 38],
  /** dm/s. */
  speed: ['u16le', 40],
  floor: ['u8', 42],
  people: ['u8', 43],
  sensors: ['u16le', 44],
  alarms: ['u16le', 46],
  relays: ['u8', 48],
  signal: ['u8', 49],
  door: ['u8', 50],
  windGrade: ['u8', 51],
  /** cm/s. */
  wind: ['u16le', 52],
  /** Hundredths of a degree. */
  dipX: ['i16le', 54],
  dipY: ['i16le', 56],
  idCard: ['personal', 58, 18],
} as const satisfies Layout

const personal = personalPlaces(realtime)

const commands: Readonly<Record<number, { readonly type: string; readonly layout: Layout; readonly data: number }>> = {
  0: { type: 'heartbeat', layout: clock, data: 14 },
  1: { type: 'realtime', layout: realtime, data: 68 },
  3: { type: 'offline-data', layout: realtime, data: 68 },
  8: { type: 'clock', layout: clock, data: 14 },
}

export const format7a7a: FrameFormat = {
  head,
  scan: (bytes) => {
    if (bytes.length < dataAt) return 'more'
    const data = bytes.readUInt16LE(6)
    if (data > maxData) return { badClass: 'framing', reason: `${data} bytes of data, at most ${maxData}` }
    const command = commands[bytes[5] ?? -1]
    if (command !== undefined && data < command.data) {
      return { badClass: 'framing', reason: `${command.type} of ${data} bytes, ${command.data} are needed` }
    }
    if (bytes.length < data + around) return 'more'
    const crcAt = dataAt + data
    if (bytes.compare(tail, 0, 2, crcAt + 2, crcAt + 4) !== 0)
      return { badClass: 'framing', reason: 'no 7B7B at its end' }
    const [sent, found] = [bytes.readUInt16LE(crcAt), crc16(bytes.subarray(dataAt, crcAt))]
    if (sent !== found) return { badClass: 'checksum', reason: `CRC ${hex(sent)}, by its bytes ${hex(found)}` }
    return { frame: data + around }
  },
  fields: (frame) => {
    const command = commands[frame[5] ?? -1]
    if (command === undefined) return { type: 'other', command: frame[5] }
    return { type: command.type, ...readLayout(command.layout, frame) }
  },
  reply: (frame, wall) => {
    const command = frame[5] ?? 0
    if (command === 0 || command === 8) {
      const wallMs = wall()
      const device = readBcdTime(frame.subarray(16, 22))
      const right = device !== undefined && Math.abs(device - wallMs) <= clockToleranceMs
      return answer(frame, right ? Buffer.from([0]) : Buffer.concat([Buffer.from([1]), bcdTime(wallMs)]))
    }
    return command === 3 ? answer(frame, Buffer.from([0])) : undefined
  },
  personal: () => personal,
}

function answer(frame: Buffer, data: Buffer): Buffer {
  return frame7a7a(frame.subarray(2, 5), frame[5] ?? 0, data)
}

/** A frame of the format. @param version three bytes */
export function frame7a7a(version: Buffer, command: number, data: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16LE(data.length)
  const crc = Buffer.alloc(2)
  crc.writeUInt16LE(crc16(data))
  return Buffer.concat([head, version, Buffer.from([command]), length, data, crc, tail])
}

const hex = (value: number): string => value.toString(16).padStart(4, '0')
