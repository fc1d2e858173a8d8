/**
 * How long one has gone at full speed, s, `after` seconds from the middle of a steady speeding-up: 0 before it, grown
 * by one for each second after it.
 * @param seconds how long the speeding-up takes
 */
export function speedRamp(after: number, seconds: number): number {
  const half = seconds / 2
  if (after <= -half) return 0
  return after >= half ? after : (after + half) ** 2 / (2 * seconds)
}
