import { expect, test } from 'vitest'
import { frame7a7a } from './format-7a7a.ts'
import { frame7e7e } from './format-7e7e.ts'
import { frameA55a } from './format-a55a.ts'
import { FrameCutter } from './frame-cutter.ts'
import { type FrameFormatName, frameFormats } from './frame-formats.ts'

const version = Buffer.from([1, 4, 0])
const tooLong = (frame: Buffer, at: number): Buffer => {
  const bytes = Buffer.from(frame)
  bytes.writeUInt16LE(500, at)
  return bytes
}
const hoist = frame7a7a(version, 0, Buffer.alloc(14, 1))
const crane = frame7e7e(0, Buffer.alloc(14, 1))
const damaged: readonly [FrameFormatName, Buffer, Buffer][] = [
  ['7a7a', tooLong(hoist, 6), hoist],
  ['7e7e', tooLong(frame7e7e(9, Buffer.alloc(14, 1)), 4), crane],
  ['a55a', Buffer.from('a55a', 'hex'), frameA55a(0x60, Buffer.from([1, 2, 3, 4]))],
]

test('of several damaged frames in a row each is kept without who drove', () => {
  const data = Buffer.alloc(68, 1)
  data.write('DRIVER07', 12)
  const broken = frame7a7a(version, 1, data)
  broken[76] = (broken[76] ?? 0) ^ 0xff
  const cutter = new FrameCutter(frameFormats['7a7a'])
  const cuts = [...cutter.push(Buffer.concat([broken, broken, hoist])), ...cutter.end()]
  expect(cuts).toEqual([expect.objectContaining({ badClass: 'checksum' }), hoist])
  expect(JSON.stringify(cuts[0] && 'bytes' in cuts[0] ? cuts[0].bytes?.toString('latin1') : '')).not.toContain('DRIVER')
})

test.each(damaged)('%s: a frame whose length is too long does not hold back the next', (name, broken, whole) => {
  const cutter = new FrameCutter(frameFormats[name])
  expect(cutter.push(broken)).toEqual([])
  const cuts = [...whole].flatMap((byte) => cutter.push(Buffer.from([byte])))
  expect(cuts).toEqual([expect.objectContaining({ badClass: 'framing' }), whole])
  expect(cutter.push(whole)).toEqual([whole])
})
