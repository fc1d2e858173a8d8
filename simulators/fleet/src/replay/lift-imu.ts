import type { LiftTrack } from './lift-track.ts'
import { RecordingError, type RecordingFormat, type Table } from './recording.ts'
import { speedRamp } from './speed-ramp.ts'

/** Less is noise, thousandths of g. */
const pulse = 35
/** The lift's steady speed, m/s: what the pressure recordings of the same lift are timed by. */
const cruisingSpeed = 0.63
/** m from landing to landing in that building, as those recordings have it. */
const storey = 3
/** Start and stop each take so long, s. */
const rampSeconds = 1.7
const stepMs = 100
/** The recordings end shortly after the stop; the car rests so long at least, ms. */
const leastRestMs = 6_000

/**
 * Acceleration in a lift on one ride, or none (`time_s,ax_mg,ay_mg,az_mg`, about 1.7 Hz). Twice integrated the noise
 * would be metres; the pulses of start and stop are not. So the ride goes at the lift's steady speed from the middle
 * of the one to the middle of the other, upwards where the first presses down, and the landings are as many storeys
 * apart as that way has.
 */
export const liftImu: RecordingFormat = {
  name: 'acceleration in a lift',
  columns: ['time_s', 'az_mg'],
  read: (table) => ({ kind: 'elevator', track: trackOf(table) }),
}

function trackOf(table: Table): LiftTrack {
  const times = table.numbers('time_s')
  const vertical = table.numbers('az_mg')
  const atRest = vertical.toSorted((a, b) => a - b)[Math.floor(vertical.length / 2)]
  const first = times[0]
  if (atRest === undefined || first === undefined) throw new RecordingError('there is no reading')
  const felt = times.map((time, i) => ({ at: time - first, by: (vertical[i] ?? atRest) - atRest }))
  const pulses = felt.filter(({ by }) => Math.abs(by) >= pulse)
  const endMs = ((times.at(-1) ?? first) - first) * 1_000
  const direction = Math.sign(pulses[0]?.by ?? 0)
  if (direction === 0) return still(endMs)
  const start = middle(pulses.filter(({ by }) => by * direction > 0))
  const stop = middle(pulses.filter(({ by, at }) => by * direction < 0 && at > start))
  if (Number.isNaN(stop)) throw new RecordingError('a ride begins and does not end')
  return ride(direction, start, stop, endMs)
}

function ride(direction: number, start: number, stop: number, endMs: number): LiftTrack {
  const way = cruisingSpeed * (stop - start)
  const storeys = Math.max(1, Math.round(way / storey))
  const [from, to] = direction > 0 ? [0, storeys] : [storeys, 0]
  const fromMs = (start - rampSeconds / 2) * 1_000
  const toMs = (stop + rampSeconds / 2) * 1_000
  const durationMs = Math.max(endMs, toMs + leastRestMs)
  const begin = direction > 0 ? 0 : way
  const positions = Array.from({ length: Math.ceil(durationMs / stepMs) + 1 }, (_, i) => {
    const gone =
      speedRamp((i * stepMs) / 1_000 - start, rampSeconds) - speedRamp((i * stepMs) / 1_000 - stop, rampSeconds)
    return begin + direction * cruisingSpeed * gone
  })
  return {
    landings: Array.from({ length: storeys + 1 }, (_, floor) => (way * floor) / storeys),
    rides: [{ fromMs, toMs, from, to }],
    durationMs,
    positions,
    stepMs,
  }
}

function still(durationMs: number): LiftTrack {
  const positions = Array.from({ length: Math.ceil(durationMs / stepMs) + 1 }, () => 0)
  return { landings: [0], rides: [], durationMs, positions, stepMs }
}

/** Time of a pulse, s: the mean of its readings by their strength. NaN where there is none. */
function middle(readings: readonly { readonly at: number; readonly by: number }[]): number {
  const strength = readings.reduce((sum, { by }) => sum + Math.abs(by), 0)
  return readings.reduce((sum, { at, by }) => sum + at * Math.abs(by), 0) / strength
}
