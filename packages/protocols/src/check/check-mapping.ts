import type { Known, TopicEntries, VendorFormat } from '../mapping/compile-mapping.ts'
import type { Sample } from './sample.ts'

/** What a mapping makes of samples, in lines to read, and whether it understood all of them. */
export interface CheckReport {
  readonly lines: readonly string[]
  readonly ok: boolean
}

const known: Known = {
  /** Card tokens do not show what becomes of them: that takes the key of a running system. */
  pseudonym: () => '(keyed hash)',
  /** Nobody is registered here. A mapping for all kinds is shown with lifts. */
  kindOf: () => 'elevator',
}

/** @param receivedAt ms since the Unix epoch */
export function checkMapping(format: VendorFormat, samples: readonly Sample[], receivedAt: number): CheckReport {
  const reader = format.reader()
  const lines: string[] = []
  let ok = true
  for (const { topic, payload } of samples) {
    const entries = entriesFor(format, topic)
    if (topic !== undefined) lines.push(topic)
    if (typeof entries === 'string') {
      lines.push(`  ✗ ${entries}`)
      ok = false
      continue
    }
    const arrival = { payload, payloadBytes: payload.length, receivedAt }
    const { shares, bad, replies } = format.decode(entries, reader, arrival, known)
    for (const { vendorId, kind, decoded } of shares) {
      lines.push(`  ${kind} ${vendorId ?? '(the device of the account)'}`)
      lines.push(...decoded.records.map(({ type, json }) => `  ✓ ${type} ${json.toString()}`))
    }
    for (const { path, reason } of [...shares.flatMap(({ decoded }) => decoded.bad), ...bad]) {
      lines.push(`  ✗ ${path === undefined ? '' : `${path}: `}${reason}`)
      ok = false
    }
    lines.push(...replies.map(({ bytes }) => `  ← ${bytes.toString('hex')}`))
    if (shares.length + bad.length === 0) lines.push('  (nothing to take)')
  }
  return { lines, ok }
}

function entriesFor(format: VendorFormat, topic: string | undefined): TopicEntries | string {
  const patterns = [...new Set(format.mapping.messages.map(({ topic: pattern }) => pattern))]
  if (topic !== undefined) {
    return format.entries(Buffer.from(topic).toString('latin1')) ?? `no message has this topic: ${patterns.join(', ')}`
  }
  if (patterns.length <= 1 || format.mapping.encoding !== 'json') return format.everything
  return `say which topic it came on, { "topic": …, "payload": … }: ${patterns.join(', ')}`
}
