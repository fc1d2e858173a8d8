import type { EquipmentOf } from '@lifeline/contracts'
import type { Sector } from '@lifeline/simulator-tower-crane'

type Parameters = EquipmentOf<'tower-crane'>['parameters']
type Point = readonly [east: number, north: number]

/** Each crane keeps so far on its own side of the middle between two masts, m: jibs never come within twice of it. */
const distance = 5
/** Clear of a forbidden zone by so much, m. */
const zoneDistance = 4
/** Kept from the ends of the free directions where there is room, degrees: a slewing crane is predicted further. */
const reserve = 15
const leastWidth = 20

/**
 * The widest run of directions in which a crane, jib and counter-jib, stays on its own side of the middle between its
 * mast and each neighbour's, and off its forbidden zones. Neighbours that do the same can work without seeing one
 * another.
 * @returns undefined where no direction is free
 */
export function workSector(crane: Parameters, neighbours: readonly Parameters[]): Sector | undefined {
  const free = Array.from({ length: 360 }, (_, angle) => isFree(crane, neighbours, angle))
  const blocked = free.indexOf(false)
  if (blocked < 0) return { from: 0, to: 360 }
  let best: Sector | undefined
  let from: number | undefined
  for (let angle = blocked; angle <= blocked + 360; angle++) {
    if (free[angle % 360] === true) from ??= angle
    else if (from !== undefined) {
      if (best === undefined || angle - 1 - from > best.to - best.from) best = { from, to: angle - 1 }
      from = undefined
    }
  }
  return best === undefined ? undefined : narrowed(best)
}

function narrowed({ from, to }: Sector): Sector {
  const cut = Math.max(0, Math.min(reserve, (to - from - leastWidth) / 2))
  return { from: from + cut, to: to - cut }
}

function isFree(crane: Parameters, neighbours: readonly Parameters[], angle: number): boolean {
  const direction: Point = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
  const clearOfCranes = neighbours.every(({ position }) => {
    const [east, north] = [position.east - crane.position.east, position.north - crane.position.north]
    const apart = Math.hypot(east, north)
    const towards = (direction[0] * east + direction[1] * north) / apart
    return Math.max(towards * crane.jibLength, -towards * crane.counterJibLength) <= apart / 2 - distance
  })
  return clearOfCranes && crane.forbiddenZones.every(({ polygon }) => isClearOf(polygon, crane, direction))
}

/** Whether the jib in that direction stays clear of a zone, looked at metre by metre along the jib. */
function isClearOf(polygon: readonly Point[], { position, jibLength }: Parameters, [east, north]: Point): boolean {
  for (let radius = 0; radius <= jibLength; radius++) {
    const point: Point = [position.east + east * radius, position.north + north * radius]
    if (isInside(polygon, point) || distanceTo(polygon, point) < zoneDistance) return false
  }
  return true
}

function edges(polygon: readonly Point[]): [Point, Point][] {
  return polygon.map((point, i) => [point, polygon[(i + 1) % polygon.length] ?? point])
}

/** By the number of edges that a ray to the east crosses. */
function isInside(polygon: readonly Point[], [x, y]: Point): boolean {
  const crossed = edges(polygon).filter(
    ([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay),
  )
  return crossed.length % 2 === 1
}

function distanceTo(polygon: readonly Point[], [x, y]: Point): number {
  return Math.min(
    ...edges(polygon).map(([[ax, ay], [bx, by]]) => {
      const [dx, dy] = [bx - ax, by - ay]
      const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)
      const share = Math.min(1, Math.max(0, along))
      return Math.hypot(x - ax - share * dx, y - ay - share * dy)
    }),
  )
}
