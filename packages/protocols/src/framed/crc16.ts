/**
 * CRC-16/XMODEM (polynomial 0x1021, start 0, not reflected), low byte first on the wire. Recordings of the `7A7A`
 * format hold to it.
 */
export function crc16(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (table[(crc >> 8) ^ byte] ?? 0)
  return crc
}

/** What a byte does to the CRC. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let i = 0; i < 8; i++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  return crc
})

/** Sum of all bytes, modulo 256. */
export function sum8(bytes: Buffer): number {
  let sum = 0
  for (const byte of bytes) sum = (sum + byte) & 0xff
  return sum
}
