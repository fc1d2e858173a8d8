import type { BadPart } from '../decoded.ts'
import { withoutDigitRuns } from '../personal-data.ts'
import { type FrameFormat, withoutPersons } from './frame-format.ts'

type Why = Pick<BadPart, 'badClass' | 'reason'>
/** A whole frame, or bytes that are none. */
export type Cut = Buffer | BadPart

/**
 * Cuts bytes into frames, however they are chunked. What is no frame is skipped up to the next head and told as one bad
 * part, so that a device is understood again with its next frame.
 */
export class FrameCutter {
  readonly format: FrameFormat
  #rest: Buffer = Buffer.alloc(0)

  constructor(format: FrameFormat) {
    this.format = format
  }

  /** The frames, and what is none, in their order. What may still become one is kept. */
  push(chunk: Buffer): Cut[] {
    return this.#cut(this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]), false)
  }

  /** Nothing more comes: what was kept is no frame, but there may be some in it. */
  end(): Cut[] {
    return this.#cut(this.#rest, true)
  }

  #cut(bytes: Buffer, final: boolean): Cut[] {
    const { format } = this
    const cuts: Cut[] = []
    let at = 0
    /** Where what is no frame began, and why it is none. */
    let badFrom = 0
    let why: Why | undefined
    /** Where behind an unfinished frame a whole one begins. */
    let whole = -1
    const endBad = (end: number): void => {
      if (end > badFrom) cuts.push(this.#bad(bytes.subarray(badFrom, end), why))
      badFrom = end
      why = undefined
    }
    for (let start = bytes.indexOf(format.head); start >= 0; start = bytes.indexOf(format.head, at)) {
      const scan = format.scan(bytes.subarray(start))
      if (scan === 'more' && !final) {
        // With a whole frame behind it, it is damaged: to wait for its end would hold that one back.
        if (whole <= start) whole = this.#wholeFrameIn(bytes, start + 1)
        if (whole < 0) {
          endBad(start)
          this.#rest = bytes.subarray(start)
          return cuts
        }
      }
      if (typeof scan === 'object' && 'frame' in scan) {
        endBad(start)
        at = start + scan.frame
        cuts.push(bytes.subarray(start, at))
        badFrom = at
      } else {
        // What looked like a head within what is no frame is a part of it.
        why ??= scan === 'more' ? { badClass: 'framing', reason: 'cut off before its end' } : scan
        at = start + 1
      }
    }
    // The last byte may be the first of a head.
    const end = !final && bytes.length > badFrom && bytes.at(-1) === format.head[0] ? bytes.length - 1 : bytes.length
    endBad(end)
    this.#rest = bytes.subarray(end)
    return cuts
  }

  /** Where the first whole frame begins, or -1. */
  #wholeFrameIn(bytes: Buffer, from: number): number {
    const { head } = this.format
    for (let at = bytes.indexOf(head, from); at >= 0; at = bytes.indexOf(head, at + 1)) {
      const scan = this.format.scan(bytes.subarray(at))
      if (typeof scan === 'object' && 'frame' in scan) return at
    }
    return -1
  }

  #bad(bytes: Buffer, why: Why | undefined): BadPart {
    const { badClass, reason } = why ?? { badClass: 'framing', reason: `${bytes.length} bytes that are no frame` }
    return { badClass, reason, bytes: withoutDigitRuns(withoutPersons(this.format, bytes)) }
  }
}
