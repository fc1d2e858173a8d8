/** Index of the height nearest to the given one; the lower index of two equally near. */
export function nearest(heights: readonly number[], height: number): number {
  const distance = (index: number): number => Math.abs((heights[index] ?? Number.POSITIVE_INFINITY) - height)
  return heights.reduce((best, _, index) => (distance(index) < distance(best) ? index : best), 0)
}
