const dayMs = 86_400_000

/** A time from `from` up to but without `to`, ms. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** @param date `YYYY-MM-DD` in the zone */
export function dayOf(date: string, timeZone: string): Period {
  const start = Date.parse(`${date}T00:00:00Z`)
  return { from: midnight(start, timeZone), to: midnight(start + dayMs, timeZone) }
}

/** @param month `YYYY-MM` in the zone */
export function monthOf(month: string, timeZone: string): Period {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const start = Date.UTC(year, number - 1)
  return { from: midnight(start, timeZone), to: midnight(Date.UTC(year, number), timeZone) }
}

/** The date it is in the zone, `YYYY-MM-DD`. */
export function dateIn(now: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}

/** When the day begins in the zone whose midnight in UTC is `utc`; exact also where the clocks change that day. */
function midnight(utc: number, timeZone: string): number {
  const guess = utc - offsetAt(utc, timeZone)
  return utc - offsetAt(guess, timeZone)
}

function offsetAt(at: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
