import { median } from './smoothing.ts'

/** A ride by index into the heights: from its first on the way up to the first at rest again. */
export interface RawRide {
  readonly from: number
  readonly to: number
  /** m, up positive. */
  readonly climb: number
}

/** Slower than this over three seconds the car stands, m/s. */
const restSpeed = 0.12
const lookMs = 1_500
/** So much longer than it looks: the first and last moments are slow, ms. */
const marginMs = 500
/** Levels are read from so much of the rest beside the ride, ms. */
const levelMs = 4_000
/** Less is no ride but the weather or a door, m. */
const leastClimb = 1.5

/**
 * The rides in a course of heights, found from the levels between which it changes.
 * @returns also which part is whole: from the first rest to the last
 */
export function findRides(heights: readonly number[], stepMs: number): { rides: RawRide[]; from: number; to: number } {
  const look = Math.round(lookMs / stepMs)
  const limit = (restSpeed * 2 * lookMs) / 1_000
  const moves = heights.map((_, i) => {
    const [before, after] = [heights[Math.max(0, i - look)], heights[Math.min(heights.length - 1, i + look)]]
    return Math.abs((after ?? 0) - (before ?? 0)) > limit
  })
  const runs = runsOf(moves)
  const margin = Math.round(marginMs / stepMs)
  const cutAtStart = runs[0]?.from === 0
  const cutAtEnd = runs.at(-1)?.to === heights.length
  const from = cutAtStart ? (runs.shift()?.to ?? 0) + margin : 0
  const to = cutAtEnd ? (runs.pop()?.from ?? heights.length) - margin : heights.length
  const rides = runs.flatMap((run, i): RawRide[] => {
    const restBefore = runs[i - 1]?.to ?? from
    const restAfter = runs[i + 1]?.from ?? to
    const climb = level(heights, run.to, restAfter, stepMs, 1) - level(heights, restBefore, run.from, stepMs, -1)
    if (Math.abs(climb) < leastClimb) return []
    return [{ from: Math.max(from, run.from - margin), to: Math.min(to, run.to + margin), climb }]
  })
  return { rides, from, to }
}

function runsOf(flags: readonly boolean[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const [i, flag] of flags.entries()) {
    const last = runs.at(-1)
    if (!flag) continue
    if (last !== undefined && last.to === i) last.to = i + 1
    else runs.push({ from: i, to: i + 1 })
  }
  return runs
}

/** Height at which the car rests between two indices, near the first (side 1) or the last of them (side -1). */
function level(heights: readonly number[], from: number, to: number, stepMs: number, side: 1 | -1): number {
  const length = Math.max(1, Math.min(to - from, Math.round(levelMs / stepMs)))
  const begin = side > 0 ? from : to - length
  const rest = heights.slice(begin, begin + length)
  return median(rest, 2 * rest.length + 1)[0] ?? 0
}
