import type { ElevatorFrame, Frame, HoistFrame } from '@lifeline/contracts'

/** Frames further apart than this say nothing about the speed between them, ms. */
const maxGapMs = 3_500
const minGapMs = 900
/** Where it was so long before, m and ms, it has stood: a ride, its doors and a ride back take longer. */
const rest = { distance: 0.05, maxGapMs: 20_000 }

/**
 * Speed of a car or cage, m/s, up positive: as it is sent, else from the last two heights; undefined where neither is
 * known. A machine without power stands.
 * @param base a frame at least a second older
 */
export function carSpeed(frame: ElevatorFrame | HoistFrame, base: Frame | null): number | undefined {
  if (frame.speed !== undefined) return frame.speed
  const now = heightOf(frame)
  const before = base === null ? undefined : heightOf(base as ElevatorFrame | HoistFrame)
  const elapsed = frame.time - (base?.time ?? 0)
  if (now !== undefined && before !== undefined && elapsed >= minGapMs) {
    if (elapsed <= maxGapMs) return ((now - before) * 1000) / elapsed
    if (elapsed <= rest.maxGapMs && Math.abs(now - before) <= rest.distance) return 0
  }
  return frame.power === 'off' ? 0 : undefined
}

const heightOf = (frame: ElevatorFrame | HoistFrame): number | undefined =>
  'height' in frame ? frame.height : (frame as ElevatorFrame).position
