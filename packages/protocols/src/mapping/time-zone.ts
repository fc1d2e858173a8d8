/** Whether it names a zone of the IANA database. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

const hourMs = 3_600_000
/** Hours of one zone whose offset is kept. Devices send of now, so it is few. */
const maxKept = 1_000

/** What a wall clock of a zone shows, as if it were UTC -> ms since the Unix epoch. */
export type ZonedTime = (wallMs: number) => number

/**
 * The instants of wall clock times of a zone. Of an hour that comes twice when summer time ends, the first is meant;
 * one that is left out when it begins is read with the offset from before.
 */
export function zonedTime(zone: string): ZonedTime {
  const offsetAt = offsetOf(zone)
  const kept = new Map<number, number>()
  return (wallMs) => {
    // Offsets change on quarters of an hour at most.
    const slot = Math.floor(wallMs / (hourMs / 4))
    let offset = kept.get(slot)
    if (offset === undefined) {
      const before = offsetAt(wallMs - 24 * hourMs)
      const then = offsetAt(wallMs - before)
      offset = then !== before && offsetAt(wallMs - then) === then ? then : before
      if (kept.size >= maxKept) kept.clear()
      kept.set(slot, offset)
    }
    return wallMs - offset
  }
}

/** How far a zone's clocks are ahead of UTC at an instant, ms. */
function offsetOf(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  return (ms) => {
    const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes, seconds] = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? []
    if (hours === undefined) return 0
    const size = Number(hours) * hourMs + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1_000
    return sign === '-' ? -size : size
  }
}

/** What a wall clock of the zone shows at an instant, as if it were UTC. The inverse of `zonedTime`. */
export function wallTime(zone: string): (ms: number) => number {
  const offsetAt = offsetOf(zone)
  return (ms) => ms + offsetAt(ms)
}
