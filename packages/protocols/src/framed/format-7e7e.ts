import { clockToleranceMs, type FrameFormat } from './frame-format.ts'
import { bcdTime, type Layout, personalPlaces, readBcdTime, readLayout } from './layout.ts'

/**
 * Tower crane black box, protocol 2.0.2 (version byte 0x11): `7E7E`, version, type, length of the data (low byte
 * first), data, a check byte, `7D7D`. The devices leave the check byte at any value, so it says nothing; head, version,
 * the length that belongs to the type and the tail are what a frame is known by.
 */
const head = Buffer.from('7e7e', 'hex')
const tail = Buffer.from('7d7d', 'hex')
/** Where one frame ends and the next begins. */
const border = Buffer.concat([tail, head])
const version = 0x11
const dataAt = 6
const around = dataAt + 3
const maxData = 512

const identity = { sn: ['ascii', 6, 8] } as const satisfies Layout
const heartbeat = { ...identity, time: ['bcd', 14, 6] } as const satisfies Layout
const realtime = {
  ...identity,
  card: ['personal', 14, 18],
  time: ['bcd', 32, 6],
  /** Degrees / 100000. */
  longitude: ['i32le', 38],
  latitude: ['i32le', 42],
  /** cm. */
  height: ['u16le', 46],
  radius: ['u16le', 48],
  /** Tenths of a degree. */
  angle: ['i16le', 50],
  /** Hundredths of a tonne. */
  weight: ['u16le', 52],
  /** cm/s. */
  wind: ['u16le', 54],
  /** Hundredths of a degree. */
  tiltX: ['i16le', 56],
  tiltY: ['i16le', 58],
  /** Tenths of a tonne metre. */
  safeTorque: ['u16le', 60],
  /** Hundredths of a tonne. */
  safeWeight: ['u16le', 62],
  falls: ['u8', 64],
  limits: ['u16le', 71],
  sensors: ['u16le', 73],
  prealarms: ['u32le', 75],
  alarms: ['u32le', 79],
} as const satisfies Layout
const sign = { card: ['personal', 6, 40] } as const satisfies Layout

const [personal, personalOfSign] = [personalPlaces(realtime), personalPlaces(sign)]

const types: Readonly<Record<number, { readonly type: string; readonly layout: Layout; readonly data: number }>> = {
  0: { type: 'heartbeat', layout: heartbeat, data: 14 },
  1: { type: 'realtime', layout: realtime, data: 77 },
  3: { type: 'offline-data', layout: realtime, data: 77 },
}

export const format7e7e: FrameFormat = {
  head,
  scan: (bytes) => {
    if (bytes.length < dataAt) return 'more'
    if (bytes[2] !== version) return { badClass: 'framing', reason: `version ${bytes[2]}, only 17 is known` }
    const data = bytes.readUInt16LE(4)
    if (data > maxData) return { badClass: 'framing', reason: `${data} bytes of data, at most ${maxData}` }
    const type = types[bytes[3] ?? -1]
    if (type !== undefined && data !== type.data) {
      return { badClass: 'framing', reason: `${type.type} of ${data} bytes, it has ${type.data}` }
    }
    if (bytes.length < data + around) return 'more'
    const tailAt = dataAt + data + 1
    if (bytes.compare(tail, 0, 2, tailAt, tailAt + 2) !== 0)
      return { badClass: 'framing', reason: 'no 7D7D at its end' }
    const at = bytes.indexOf(border, dataAt)
    if (at >= 0 && at < tailAt) return { badClass: 'framing', reason: 'another frame begins before its end' }
    return { frame: data + around }
  },
  fields: (frame) => {
    const type = types[frame[3] ?? -1]
    return type === undefined
      ? { type: 'other', code: frame[3] }
      : { type: type.type, ...readLayout(type.layout, frame) }
  },
  reply: (frame, wall) => {
    if (frame[3] === 3) return frame7e7e(3, Buffer.alloc(0))
    if (frame[3] !== 0) return undefined
    const wallMs = wall()
    const device = readBcdTime(frame.subarray(14, 20))
    const right = device !== undefined && Math.abs(device - wallMs) <= clockToleranceMs
    return frame7e7e(0, right ? Buffer.from([0]) : Buffer.concat([Buffer.from([1]), bcdTime(wallMs)]))
  },
  // An identity number stands at different places in the frames of a sign-in.
  personal: (frame) => (frame[3] === 2 ? personalOfSign : personal),
}

/** A frame of the format. */
export function frame7e7e(type: number, data: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16LE(data.length)
  return Buffer.concat([head, Buffer.from([version, type]), length, data, Buffer.from([0]), tail])
}
