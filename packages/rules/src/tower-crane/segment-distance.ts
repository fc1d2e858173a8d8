/** [east, north, height], m. */
export type Vector = readonly [number, number, number]

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const share = (value: number): number => Math.min(Math.max(value, 0), 1)
/** Squared lengths below it are a point’s, m². */
const pointlike = 1e-9
/** Squared sines of angles below it are none. */
const parallel = 1e-12

/** The least distance between two straight lines from `a1` to `a2` and from `b1` to `b2`, m. */
export function segmentDistance(a1: Vector, a2: Vector, b1: Vector, b2: Vector): number {
  const a = minus(a2, a1)
  const b = minus(b2, b1)
  const r = minus(a1, b1)
  const aa = dot(a, a)
  const bb = dot(b, b)
  const ar = dot(a, r)
  const br = dot(b, r)
  const ab = dot(a, b)
  const crossing = aa * bb - ab * ab
  // Where along a it is nearest to b's whole line; parallel lines are as near everywhere.
  let s = aa > pointlike && crossing > parallel * aa * bb ? share((ab * br - ar * bb) / crossing) : 0
  let t = bb > pointlike ? (ab * s + br) / bb : 0
  if (t < 0 || t > 1) {
    t = share(t)
    s = aa > pointlike ? share((ab * t - ar) / aa) : 0
  }
  const apart: Vector = [r[0] + s * a[0] - t * b[0], r[1] + s * a[1] - t * b[1], r[2] + s * a[2] - t * b[2]]
  return Math.sqrt(dot(apart, apart))
}
