const [startOfImage, endOfImage, startOfScan, comment] = [0xd8, 0xd9, 0xda, 0xfe]

/** Thrown where bytes are no JPEG image. */
export class NotJpegError extends Error {
  override readonly name = 'NotJpegError'
  readonly code = 'NOT_JPEG'
}

/**
 * The picture alone: no EXIF (place, camera, owner), no comments, nothing behind its end. JFIF and Adobe's colour
 * transform stay, without which the colours are wrong.
 * @throws NotJpegError
 */
export function pictureOf(jpeg: Uint8Array): Uint8Array {
  if (jpeg[0] !== 0xff || jpeg[1] !== startOfImage) throw new NotJpegError('does not begin as a JPEG image')
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)]
  let at = 2
  while (at + 4 <= jpeg.length || jpeg[at + 1] === endOfImage) {
    if (jpeg[at] !== 0xff) throw new NotJpegError(`no marker at byte ${at}`)
    const marker = jpeg[at + 1] ?? 0
    if (marker === endOfImage) {
      kept.push(jpeg.subarray(at, at + 2))
      return Buffer.concat(kept)
    }
    // A marker may be preceded by any number of fill bytes.
    if (marker === 0xff) {
      at++
      continue
    }
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0)
    const end = at + 2 + length
    if (length < 2 || end > jpeg.length) throw new NotJpegError(`segment at byte ${at} has no end`)
    const next = marker === startOfScan ? endOfScan(jpeg, end) : end
    if (!isPersonal(marker)) kept.push(jpeg.subarray(at, next))
    at = next
  }
  throw new NotJpegError('has no end')
}

/** APP1 to APP13 and APP15, and comments. */
const isPersonal = (marker: number): boolean =>
  marker === comment || (marker > 0xe0 && marker <= 0xef && marker !== 0xee)

/** Where the compressed data ends: at a marker that is no stuffed zero and no restart. */
function endOfScan(jpeg: Uint8Array, from: number): number {
  for (let at = from; at + 1 < jpeg.length; at++) {
    const next = jpeg[at + 1] ?? 0
    if (jpeg[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw new NotJpegError('has no end')
}
