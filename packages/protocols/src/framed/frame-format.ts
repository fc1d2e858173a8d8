import type { BadClass } from '../decoded.ts'

/** What stands at the head of a frame. */
export type Scan =
  | { readonly frame: number }
  /** It may be one, and more bytes are needed to say so. */
  | 'more'
  | { readonly badClass: BadClass; readonly reason: string }

/** From the first byte to the one behind the last. */
export type Span = readonly [from: number, to: number]

/** A binary format whose frames start with fixed bytes. */
export interface FrameFormat {
  readonly head: Buffer
  /** Looks at bytes that begin with the head: how long the frame is. */
  scan(bytes: Buffer): Scan
  /** The fields of a whole frame, `type` among them, for a mapping to say what they mean. */
  fields(frame: Buffer): Record<string, unknown>
  /**
   * The answer that the device waits for, if any.
   * @param wall what a wall clock in the devices' zone shows, as if it were UTC, ms
   */
  reply(frame: Buffer, wall: () => number): Buffer | undefined
  /** Where in a frame, or in what begins like one, stands what tells a person. */
  personal(frame: Buffer): readonly Span[]
}

/** Clocks further off than that are set right (hoist protocol V1.4). */
export const clockToleranceMs = 60_000

/**
 * A copy in which what may tell a person is zero: in the frame, and in each that may begin within what is none, for
 * several damaged ones may follow each other.
 */
export function withoutPersons({ head, personal }: FrameFormat, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let at = bytes.indexOf(head); at >= 0; at = bytes.indexOf(head, at + 1)) {
    for (const [from, to] of personal(bytes.subarray(at))) {
      copy.fill(0, Math.min(at + from, bytes.length), Math.min(at + to, bytes.length))
    }
  }
  return copy
}
