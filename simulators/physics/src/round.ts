/** A reading as a sensor gives it: so many decimals, and never -0. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale + 0
}
