/** A stream of pseudo-random numbers that is the same wherever and whenever it is drawn from the same seed. */
export interface Random {
  /** From 0, below 1. */
  next(): number
  /** From `min`, below `max`. */
  between(min: number, max: number): number
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** Standard normal: mean 0, deviation 1. */
  normal(): number
  /** Waiting time with that mean between independent arrivals. */
  exponential(mean: number): number
  pick<T>(items: readonly [T, ...T[]]): T
}

/**
 * A generator for simulations (sfc32 behind an FNV-1a hash of the seed); not for secrets.
 * @param seed equal text, equal numbers
 */
export function createRandom(seed: string | number): Random {
  const next = sfc32(String(seed))
  const between = (min: number, max: number): number => min + (max - min) * next()
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    pick: <T>(items: readonly [T, ...T[]]): T => items[integer(0, items.length - 1)] ?? items[0],
  }
}

function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [fnv1a(`a${seed}`), fnv1a(`b${seed}`), fnv1a(`c${seed}`), 1]
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return (result >>> 0) / 2 ** 32
  }
  // The first numbers still resemble the seed.
  for (let i = 0; i < 12; i++) next()
  return next
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
