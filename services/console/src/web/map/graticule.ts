/** Steps of the lines, degrees. */
const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
/** About so many lines across. */
const wanted = 8
/** What a division of round numbers is off by at most, steps. */
const slack = 1e-9

/** Where lines of latitude or longitude lie between two, on round numbers. */
export function graticuleLines(from: number, to: number): readonly number[] {
  const step = steps.find((one) => (to - from) / one <= wanted) ?? 20
  const first = Math.ceil(from / step - slack)
  const count = Math.max(0, Math.floor(to / step + slack) - first + 1)
  return Array.from({ length: count }, (_, place) => Number(((first + place) * step).toFixed(3)))
}
