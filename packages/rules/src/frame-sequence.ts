import type { FrameRecord } from '@lifeline/contracts'

/**
 * A frame that is missing is waited for so long, ms, while those after it are held; not so long while something waits
 * to become an incident, which must not be told late.
 */
export const patienceMs = 2_000
export const hurriedMs = 500
/** More missing ones than this are an outage, not a disorder: nothing is held. */
const mostMissing = 16

/** The counters of a device's frames: puts those right that overtook each other. Plain data. */
export interface FrameSequence {
  /** Counter of the frame that was passed on last; -1 before the first. */
  lastSeq: number
  /** The device counts its frames one by one: only then does a gap mean anything. */
  counts: boolean
  /** Frames after a gap, by counter. */
  held: FrameRecord[] | null
}

/** Whether a frame has to wait for one that is missing before it; it is kept then, for `takeNext`. */
export function mustWait(sequence: FrameSequence, record: FrameRecord): boolean {
  const { seq } = record.frame
  if (seq === undefined) return false
  const missing = seq - sequence.lastSeq - 1
  const furthest = sequence.held?.at(-1)?.frame.seq ?? sequence.lastSeq
  if (sequence.counts && missing > 0 && seq - furthest - 1 <= mostMissing) {
    sequence.held ??= []
    const at = sequence.held.findIndex(({ frame }) => (frame.seq as number) >= seq)
    if (at === -1) sequence.held.push(record)
    else if (sequence.held[at]?.frame.seq !== seq) sequence.held.splice(at, 0, record)
    return true
  }
  passed(sequence, seq)
  return false
}

/**
 * The next held frame whose turn has come, or that has waited long enough at a moment of the log.
 * @param longestMs it waits for a missing one
 */
export function takeNext(sequence: FrameSequence, now: number, longestMs: number): FrameRecord | undefined {
  const [next] = sequence.held ?? []
  if (next === undefined) return undefined
  const seq = next.frame.seq as number
  if (seq > sequence.lastSeq + 1 && now - next.receivedAt < longestMs) return undefined
  sequence.held?.shift()
  if (sequence.held?.length === 0) sequence.held = null
  // One lost frame does not mean that the device stopped counting.
  if (seq > sequence.lastSeq) sequence.lastSeq = seq
  return next
}

function passed(sequence: FrameSequence, seq: number): void {
  const { lastSeq: last } = sequence
  if (seq === last + 1) sequence.counts = last >= 0
  else if (seq > last || last - seq > 1_000) sequence.counts = false
  else return
  sequence.lastSeq = seq
}
