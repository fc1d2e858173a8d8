import { expect, test } from 'vitest'
import { NotJpegError, pictureOf } from './jpeg.ts'

const segment = (marker: number, text: string) =>
  Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), Buffer.from(text)])
const start = Buffer.from([0xff, 0xd8])
const end = Buffer.from([0xff, 0xd9])
const scan = Buffer.concat([segment(0xda, 'scan'), Buffer.from([1, 0xff, 0, 2, 0xff, 0xd3, 3])])
const tables = segment(0xdb, 'tables')

test('what names the place, the camera or the owner goes; the picture and its colours stay', () => {
  const jpeg = Buffer.concat([
    start,
    segment(0xe0, 'JFIF'),
    segment(0xe1, 'Exif GPS 29.5'),
    segment(0xe2, 'MPF'),
    segment(0xed, 'Photoshop'),
    segment(0xee, 'Adobe'),
    segment(0xfe, 'comment'),
    tables,
    scan,
    // A progressive picture has tables between its scans.
    segment(0xc4, 'more'),
    scan,
    end,
    Buffer.from('a second picture with its own Exif'),
  ])
  const kept = [start, segment(0xe0, 'JFIF'), segment(0xee, 'Adobe'), tables, scan, segment(0xc4, 'more'), scan, end]
  expect(Buffer.from(pictureOf(jpeg))).toEqual(Buffer.concat(kept))
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a PNG', Buffer.from('\x89PNG\r\n')],
  ['a page', Buffer.from('<html>')],
  ['no end', Buffer.concat([start, tables, scan])],
  ['a segment beyond the end', Buffer.concat([start, Buffer.from([0xff, 0xdb, 0xff, 0xff, 1])])],
  ['no marker where one is due', Buffer.concat([start, tables, Buffer.from('rubbish')])],
])('%s is no JPEG', (_, bytes) => {
  expect(() => pictureOf(bytes)).toThrow(NotJpegError)
})
