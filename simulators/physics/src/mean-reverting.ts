import type { Random } from './random.ts'

export interface MeanReversion {
  readonly mean: number
  /** Standard deviation in the long run. */
  readonly deviation: number
  /** How long a gust takes to fall to 1/e, s. */
  readonly relaxation: number
  /** Never below, never above. */
  readonly min: number
  readonly max: number
}

/**
 * A value that wanders about its mean (Ornstein-Uhlenbeck process, stepped exactly), as wind does.
 * @param stepMs time between two values
 * @returns gives the next value with each call
 */
export function meanReverting(random: Random, process: MeanReversion, stepMs: number): () => number {
  const { mean, deviation, relaxation, min, max } = process
  const keep = Math.exp(-stepMs / 1000 / relaxation)
  const kick = deviation * Math.sqrt(1 - keep * keep)
  const within = (value: number): number => Math.min(max, Math.max(min, value))
  let value = within(mean + deviation * random.normal())
  return () => {
    value = within(mean + (value - mean) * keep + kick * random.normal())
    return value
  }
}
