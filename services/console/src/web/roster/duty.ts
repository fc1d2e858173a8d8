import type { Shift } from '@lifeline/contracts'

/** Who of a unit is on duty. A unit without a roster always is. */
export type Duty =
  | { readonly state: 'always' }
  | { readonly state: 'on'; readonly until: number; readonly people: Shift['people'] }
  | { readonly state: 'off'; readonly next: number | undefined }

/** @param shifts those of one unit, from now on */
export function dutyOf(shifts: readonly Shift[], now: number): Duty {
  if (shifts.length === 0) return { state: 'always' }
  const running = shifts.filter(({ from, to }) => from <= now && now < to)
  if (running.length > 0) {
    return {
      state: 'on',
      until: Math.max(...running.map(({ to }) => to)),
      people: running.flatMap(({ people }) => people),
    }
  }
  const next = shifts.filter(({ from }) => from > now).map(({ from }) => from)
  return { state: 'off', next: next.length === 0 ? undefined : Math.min(...next) }
}
