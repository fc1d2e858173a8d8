/** JSON text as PostgreSQL takes it: what a jsonb string cannot hold (NUL, half a surrogate pair) becomes U+FFFD. */
export function jsonb(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\ufffd') : part,
  )
}
