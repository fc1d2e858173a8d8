/** What was ordered to go wrong. */
export type Injection =
  | {
      readonly name: 'entrapment'
      /** At least so many are in the car. */
      readonly people: number
      /** ms from the halt to the first press of the alarm button. */
      readonly alarmAfterMs: number
    }
  | { readonly name: 'overload'; phase: 'squeezing_in' | 'staying' | 'stepping_out'; stayUntil: number }
  | { readonly name: 'overspeed'; readonly ratio: number }

/** The button is held and let go of in turn, ms; the gap is short enough to be one and the same alarm. */
const pressMs = 2_000
const pressEveryMs = 7_000

/** Whether the alarm button is pressed so long after the halt. */
export function alarmPressed(haltedMs: number, alarmAfterMs: number): boolean {
  return haltedMs >= alarmAfterMs && (haltedMs - alarmAfterMs) % pressEveryMs < pressMs
}
