/** Index of the height nearest to the given one; the lower index of two equally near. Heights rise. */
export function nearest(heights: readonly number[], height: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let index = 0; index < heights.length; index++) {
    const distance = Math.abs((heights[index] as number) - height)
    if (distance >= least) break
    best = index
    least = distance
  }
  return best
}
