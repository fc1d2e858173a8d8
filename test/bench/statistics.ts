/** The middle one; of an even number the upper. */
export const median = (numbers: readonly number[]): number => quantile(sorted(numbers), 0.5)

export const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((one, other) => one - other)

/** @param q 0 to 1 */
export const quantile = (ascending: readonly number[], q: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(q * ascending.length))] ?? Number.NaN
