import type { BadClass } from '../decoded.ts'

/** What stands at the head of a frame. */
export type Scan =
  | { readonly frame: number }
  /** It may be one, and more bytes are needed to say so. */
  | 'more'
  | { readonly badClass: BadClass; readonly reason: string }

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
  /** The frame, or what looked like one, without what tells a person. */
  masked(frame: Buffer): Buffer
}

/** Clocks further off than that are set right (hoist protocol V1.4). */
export const clockToleranceMs = 60_000
