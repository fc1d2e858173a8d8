/** A ride from one landing to another. */
export interface Ride {
  readonly fromMs: number
  readonly toMs: number
  /** Landing indices. */
  readonly from: number
  readonly to: number
}

/** Where a car was at each moment of a recording. */
export interface LiftTrack {
  /** Heights of the landings it rested at, m above the lowest of them, ascending. */
  readonly landings: readonly number[]
  readonly rides: readonly Ride[]
  readonly durationMs: number
  /** Positions every `stepMs`, m above the lowest landing, exactly a landing's height between rides. */
  readonly positions: readonly number[]
  readonly stepMs: number
}

/** m at `atMs`, between two positions linearly. */
export function positionAt({ positions, stepMs }: LiftTrack, atMs: number): number {
  const index = Math.min(positions.length - 1, Math.max(0, atMs / stepMs))
  const before = positions[Math.floor(index)] ?? 0
  const after = positions[Math.ceil(index)] ?? before
  return before + (after - before) * (index - Math.floor(index))
}

const halfWindowMs = 250

/** m/s at `atMs`, up positive: the mean over half a second; 0 outside rides. */
export function speedAt(track: LiftTrack, atMs: number): number {
  if (!track.rides.some(({ fromMs, toMs }) => atMs > fromMs && atMs < toMs)) return 0
  const way = positionAt(track, atMs + halfWindowMs) - positionAt(track, atMs - halfWindowMs)
  return way / ((2 * halfWindowMs) / 1000)
}
