/** Two levels nearer than this are the same landing, m. */
const sameLanding = 1.5

/**
 * The landings between which a car rode, from how far each ride climbed: the level after every ride, levels near to
 * one another taken together.
 * @param climbs m, up positive, in order
 * @returns heights above the lowest, ascending, and the landing's index before the first and after each ride
 */
export function landingsFrom(climbs: readonly number[]): { landings: number[]; floors: number[] } {
  const levels = [0]
  for (const climb of climbs) levels.push((levels.at(-1) ?? 0) + climb)
  const groups: number[][] = []
  for (const level of levels.toSorted((a, b) => a - b)) {
    const last = groups.at(-1)
    if (last !== undefined && level - (last.at(-1) ?? 0) < sameLanding) last.push(level)
    else groups.push([level])
  }
  const heights = groups.map((group) => group.reduce((sum, level) => sum + level, 0) / group.length)
  const lowest = heights[0] ?? 0
  return {
    landings: heights.map((height) => height - lowest),
    floors: levels.map((level) => groups.findIndex((group) => group.includes(level))),
  }
}
