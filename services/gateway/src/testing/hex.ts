/** Bytes as packets are written down: hex in groups, and texts in quotes. `hex("0001 'p' 00")` */
export function hex(written: string): Buffer {
  const parts = written.match(/'[^']*'|\S+/g) ?? []
  return Buffer.concat(
    parts.map((part) => (part.startsWith("'") ? Buffer.from(part.slice(1, -1)) : Buffer.from(part, 'hex'))),
  )
}
