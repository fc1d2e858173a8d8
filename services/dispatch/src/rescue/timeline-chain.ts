import { createHash } from 'node:crypto'
import type { TimelineEntry } from '@lifeline/contracts'
import { canonicalJson } from './canonical-json.ts'

/** What stands before the first entry of a case. */
export const genesis = '0'.repeat(64)

/** The end of a case's chain. */
export interface ChainHead {
  readonly entries: number
  readonly head: string
}

export const emptyChain: ChainHead = { entries: 0, head: genesis }

/** An entry in its place of one case's chain. */
export interface ChainedEntry extends TimelineEntry {
  /** Counts from 1 in each case. */
  readonly seq: number
  readonly hash: string
}

/** The text that an entry's hash covers: all it says, and of which case and at which place. */
export const sealedText = (caseId: string, { seq, at, by, what, details }: Omit<ChainedEntry, 'hash'>): string =>
  canonicalJson({ caseId, seq, at, by, what, details })

/** SHA-256, hex, over the hash before, a line feed and the entry's text. */
export const hashAfter = (previous: string, text: string): string =>
  createHash('sha256').update(`${previous}\n${text}`).digest('hex')

/** Puts entries at the end of a case's chain. */
export function chain(caseId: string, after: ChainHead, entries: readonly TimelineEntry[]): readonly ChainedEntry[] {
  let { entries: seq, head } = after
  return entries.map((entry) => {
    seq++
    head = hashAfter(head, sealedText(caseId, { ...entry, seq }))
    return { ...entry, seq, hash: head }
  })
}

export type ChainVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string }
  | { readonly holds: false; readonly entries: number; readonly brokenAt: number; readonly reason: string }

/**
 * Whether a case's timeline is what was written, nothing changed, taken out or put in.
 * @param end what the case itself says of the end, so that entries missing there are seen too
 */
export function verifyChain(caseId: string, timeline: readonly ChainedEntry[], end: ChainHead): ChainVerdict {
  let head = genesis
  const broken = (brokenAt: number, reason: string): ChainVerdict => ({
    holds: false,
    entries: timeline.length,
    brokenAt,
    reason,
  })
  for (const [n, entry] of timeline.entries()) {
    if (entry.seq !== n + 1) return broken(n + 1, `entry ${n + 1} is missing: ${entry.seq} stands in its place`)
    head = hashAfter(head, sealedText(caseId, entry))
    if (head !== entry.hash) return broken(entry.seq, `entry ${entry.seq} is not what its hash was made of`)
  }
  if (timeline.length !== end.entries || head !== end.head) {
    return broken(timeline.length + 1, `the case had ${end.entries} entries, ${timeline.length} are there`)
  }
  return { holds: true, entries: timeline.length, head }
}
