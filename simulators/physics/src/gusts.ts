import type { Random } from './random.ts'

const footMetres = 0.3048

/**
 * How far a gust reaches and how strong it is, near the ground (MIL-F-8785C 3.7.3.4, Dryden form, below 1,000 ft).
 * @param height m above ground
 * @returns `length` in m, `intensity` as share of the mean wind
 */
export function turbulence(height: number): { readonly length: number; readonly intensity: number } {
  const feet = Math.min(1_000, Math.max(10, height / footMetres))
  const shear = 0.177 + 0.000823 * feet
  return { length: (feet / shear ** 1.2) * footMetres, intensity: 0.1 / shear ** 0.4 }
}

/**
 * Gusts along the wind by the Dryden model: white noise through the filter σ·√(2L/πV) / (1 + s·L/V), stepped exactly.
 * @param height m above ground
 * @returns gives with each call what the gust adds, m/s, `seconds` after the call before, in a mean wind in m/s
 */
export function drydenGusts(random: Random, height: number): (mean: number, seconds: number) => number {
  const { length, intensity } = turbulence(height)
  let gust = 0
  return (mean, seconds) => {
    const keep = Math.exp((-Math.max(mean, 0.1) * seconds) / length)
    gust = gust * keep + intensity * mean * Math.sqrt(1 - keep * keep) * random.normal()
    return gust
  }
}
