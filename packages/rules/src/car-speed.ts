import type { ElevatorFrame, Frame, HoistFrame } from '@lifeline/contracts'

/** Frames further apart than this say nothing about the speed between them, ms. */
const maxGapMs = 15_000
const minGapMs = 200

/**
 * Speed of a car or cage, m/s, up positive: as it is sent, else from the last two heights; undefined where neither is
 * known. A machine without power stands.
 */
export function carSpeed(frame: ElevatorFrame | HoistFrame, previous: Frame | null): number | undefined {
  if (frame.speed !== undefined) return frame.speed
  const now = heightOf(frame)
  const before = previous === null ? undefined : heightOf(previous as ElevatorFrame | HoistFrame)
  const elapsed = frame.time - (previous?.time ?? 0)
  if (now !== undefined && before !== undefined && elapsed >= minGapMs && elapsed <= maxGapMs) {
    return ((now - before) * 1000) / elapsed
  }
  return frame.power === 'off' ? 0 : undefined
}

const heightOf = (frame: ElevatorFrame | HoistFrame): number | undefined =>
  'height' in frame ? frame.height : (frame as ElevatorFrame).position
