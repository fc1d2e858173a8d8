import { sum8 } from './crc16.ts'
import type { FrameFormat, Scan, Span } from './frame-format.ts'
import { bcdTime, type Layout, readLayout } from './layout.ts'

/**
 * Cranes and hoists of one site system: `A55A`, command, data, sum, length, `CC33C33C`. The length counts command,
 * data, sum and itself; the sum is that of the data, in frames of cranes also seen with head and command. The tail may
 * occur in the data, so a frame ends at the first one where length and sum are right.
 */
const head = Buffer.from('a55a', 'hex')
const tail = Buffer.from('cc33c33c', 'hex')
const tailWord = tail.readUInt32BE(0)
const dataAt = 3
/** A byte of length counts no more. */
const maxFrame = 0xff + 6

const crane = { sn: ['hex', 4, 3] } as const satisfies Layout
/** The first byte is the hoist's number and, as its lowest bit, which of its two cages it is: each is a device. */
const hoist = { sn: ['hex', 3, 4] } as const satisfies Layout

const craneRealtime = {
  ...crane,
  number: ['u8', 3],
  time: ['bcd', 8, 6],
  /** dm. */
  height: ['u16be', 15],
  radius: ['u16be', 17],
  /** Tenths of a degree. */
  angle: ['u16be', 19],
  /** kg. */
  weight: ['u16be', 21],
  /** dm/s. */
  wind: ['u16be', 23],
  /** Tenths of a degree. */
  tilt: ['u16be', 25],
  weightPercent: ['u8', 27],
  momentPercent: ['u8', 28],
  windPercent: ['u8', 29],
  tiltPercent: ['u8', 30],
  alarm: ['u8', 31],
  brakes: ['u8', 32],
} as const satisfies Layout

const hoistRealtime = {
  ...hoist,
  time: ['bcd', 7, 6],
  /** Tenths of a kilogram. */
  load: ['u16be', 13],
  loadPercent: ['u8', 15],
  people: ['u8', 16],
  /** dm. */
  height: ['u16be', 17],
  heightPercent: ['u8', 19],
  /** The upper six bits are dm/s, the lower two the direction. */
  motion: ['u8', 20],
  /** Hundredths of a degree. */
  tilt: ['u16be', 21],
  tiltPercent: ['u8', 23],
  driverKnown: ['u8', 24],
  locks: ['u8', 25],
  state: ['u8', 26],
  state2: ['u8', 27],
} as const satisfies Layout

interface Command {
  readonly type: string
  readonly layout: Layout
  /** Bytes of data that the layout reads. */
  readonly data: number
}

const commands: Readonly<Record<number, Command>> = {
  1: { type: 'hoist-login', layout: hoist, data: 4 },
  12: { type: 'crane-realtime', layout: craneRealtime, data: 30 },
  16: { type: 'hoist-realtime', layout: hoistRealtime, data: 25 },
  96: { type: 'crane-login', layout: crane, data: 4 },
  128: { type: 'crane-heartbeat', layout: crane, data: 4 },
}
const everything: readonly Span[] = [[dataAt, maxFrame]]
const nothing: readonly Span[] = []
const [login, hoistRealtimeCode, craneLogin] = [0x01, 0x10, 0x60]

export const formatA55a: FrameFormat = {
  head,
  scan: (bytes) => {
    let wrong: Scan = { badClass: 'framing', reason: 'no CC33C33C where its length says' }
    const data = commands[bytes[2] ?? -1]?.data ?? 0
    const end = Math.min(bytes.length, maxFrame) - tail.length
    for (let at = dataAt + data + 2; at <= end; at++) {
      if (bytes[at - 1] !== at - 2 || bytes.readUInt32BE(at) !== tailWord) continue
      const sum = bytes[at - 2]
      const found = sum8(bytes.subarray(dataAt, at - 2))
      if (sum === found || sum === sum8(bytes.subarray(0, at - 2))) return { frame: at + tail.length }
      wrong = { badClass: 'checksum', reason: `sum ${sum}, by its bytes ${found}` }
    }
    return bytes.length < maxFrame ? 'more' : wrong
  },
  fields: (frame) => {
    const command = commands[frame[2] ?? -1]
    if (command === undefined) return { type: 'other', command: frame[2] }
    const fields = readLayout(command.layout, frame)
    if (frame[2] !== hoistRealtimeCode) return { type: command.type, ...fields }
    const motion = frame[20] ?? 0
    return { type: command.type, ...fields, speed: motion >> 2, direction: motion & 3 }
  },
  reply: (frame, wall) => {
    const command = frame[2]
    const accepted = Buffer.from([1])
    // Seconds between reports, tenths.
    const interval = Buffer.from([15])
    if (command === login) {
      return frameA55a(0x02, Buffer.concat([frame.subarray(3, 7), accepted, interval, bcdTime(wall())]))
    }
    if (command === craneLogin) {
      return frameA55a(0x61, Buffer.concat([frame.subarray(3, 7), accepted, bcdTime(wall()), interval]))
    }
    return undefined
  },
  // Names and cards stand in frames of the staff and of their pictures only, and those are not decoded.
  personal: (frame) => (commands[frame[2] ?? -1] === undefined ? everything : nothing),
}

/** A frame of the format. @param data at most 252 bytes */
export function frameA55a(command: number, data: Buffer): Buffer {
  return Buffer.concat([head, Buffer.from([command]), data, Buffer.from([sum8(data), data.length + 3]), tail])
}
