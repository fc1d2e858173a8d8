import { isUtf8 } from 'node:buffer'

/** The text of UTF-8 bytes, or undefined where they are not well-formed UTF-8 (RFC 3629). */
export function utf8Text(bytes: Buffer): string | undefined {
  const text = bytes.toString()
  // U+FFFD stands for every ill-formed sequence, so the bytes need a second look only where it occurs.
  return text.includes('\uFFFD') && !isUtf8(bytes) ? undefined : text
}
