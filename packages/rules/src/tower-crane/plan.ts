/** A point in the site's plan: [east, north], m. */
export type PlanPoint = readonly [east: number, north: number]

/** Where a point at `radius` m under the jib is, for a slew angle in degrees clockwise from north. */
export function underJib(mast: { east: number; north: number }, slewAngle: number, radius: number): PlanPoint {
  const bearing = (slewAngle * Math.PI) / 180
  return [mast.east + radius * Math.sin(bearing), mast.north + radius * Math.cos(bearing)]
}

/** Whether a point lies in a polygon, by the number of edges that a ray from it crosses. */
export function inside([east, north]: PlanPoint, polygon: readonly PlanPoint[]): boolean {
  let within = false
  // By index: this is asked of every frame of a crane, and pairs of points would be made anew each time.
  for (let i = 0; i < polygon.length; i++) {
    const [e1, n1] = polygon[i] as PlanPoint
    const [e2, n2] = polygon[(i + 1) % polygon.length] as PlanPoint
    if (n1 > north !== n2 > north && east < e1 + ((north - n1) / (n2 - n1)) * (e2 - e1)) within = !within
  }
  return within
}

/** Whether the straight line between two points enters a polygon. */
export function enters(from: PlanPoint, to: PlanPoint, polygon: readonly PlanPoint[]): boolean {
  if (inside(from, polygon) || inside(to, polygon)) return true
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i] as PlanPoint
    const b = polygon[(i + 1) % polygon.length] as PlanPoint
    if (side(from, to, a) !== side(from, to, b) && side(a, b, from) !== side(a, b, to)) return true
  }
  return false
}

const side = (a: PlanPoint, b: PlanPoint, p: PlanPoint): boolean =>
  (b[0] - a[0]) * (p[1] - a[1]) > (b[1] - a[1]) * (p[0] - a[0])
