import type { Span } from './frame-format.ts'

/**
 * Where a frame's fields stand: kind, first byte, and for text, BCD and hex how many. `le` is the low byte first. Of a
 * field marked personal nothing leaves the frame but where a mapping takes it as the operator's token.
 */
export type FieldPlace =
  | readonly ['u8' | 'u16le' | 'i16le' | 'u32le' | 'u16be' | 'i32le', number]
  | readonly ['ascii' | 'bcd' | 'hex' | 'personal', number, number]
export type Layout = Readonly<Record<string, FieldPlace>>

/** The fields of a frame by name; text that is not filled in is absent. */
export function readLayout(layout: Layout, frame: Buffer): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(layout)
      .map(([name, place]) => [name, readField(place, frame)] as const)
      .filter(([, value]) => value !== undefined),
  )
}

function readField([kind, at, length = 0]: FieldPlace, frame: Buffer): unknown {
  switch (kind) {
    case 'u8':
      return frame.readUInt8(at)
    case 'u16le':
      return frame.readUInt16LE(at)
    case 'i16le':
      return frame.readInt16LE(at)
    case 'u32le':
      return frame.readUInt32LE(at)
    case 'i32le':
      return frame.readInt32LE(at)
    case 'u16be':
      return frame.readUInt16BE(at)
    case 'bcd':
    case 'hex':
      return frame.toString('hex', at, at + length)
    case 'ascii':
    case 'personal':
      return text(frame.subarray(at, at + length))
  }
}

/** Unused places are filled with NUL, blanks, zeros or 0xFF. */
function text(bytes: Buffer): string | undefined {
  const value = bytes.toString('latin1').replace(/[\0 \xff]+$/, '')
  return /^[\x21-\x7e][\x20-\x7e]*$/.test(value) && !/^0+$/.test(value) ? value : undefined
}

/** Where what tells a person stands. */
export const personalPlaces = (layout: Layout): readonly Span[] =>
  Object.values(layout).flatMap(([kind, at, length = 0]) => (kind === 'personal' ? [[at, at + length] as const] : []))

/** Six bytes of BCD, YYMMDDhhmmss. @param wallMs what the wall clock shows, as if it were UTC */
export function bcdTime(wallMs: number): Buffer {
  return Buffer.from(new Date(wallMs).toISOString().replaceAll(/\D/g, '').slice(2, 14), 'hex')
}

/** The inverse of `bcdTime`; undefined where it is no time. */
export function readBcdTime(bytes: Buffer): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(bytes.toString('hex')) ?? []
  const wall = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(wall) ? undefined : wall
}
