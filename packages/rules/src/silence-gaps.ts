/** A stretch of device time between two frames in which nothing came, ms. */
export type Gap = [from: number, to: number]

/** As many outages are remembered; older ones are beyond repair. */
const mostGaps = 8
const leastGapMs = 15_000

/** Notes that a device's time went from one frame to the next; a first frame has everything before it open. */
export function noteGap(gaps: Gap[], from: number, to: number, reportInterval: number): void {
  if (from >= 0 && to - from <= Math.max(leastGapMs, 2_000 * reportInterval)) return
  gaps.push([Math.max(from, 0), to])
  if (gaps.length > mostGaps) gaps.shift()
}

/**
 * Whether a frame older than the newest fills a gap, so that it is news; the gap then begins after it. What is sent
 * again fills none.
 */
export function fillGap(gaps: readonly Gap[], time: number): boolean {
  const gap = gaps.find(([from, to]) => time > from && time < to)
  if (gap === undefined) return false
  gap[0] = time
  return true
}
