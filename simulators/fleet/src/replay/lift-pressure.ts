import { landingsFrom } from './landings.ts'
import type { LiftTrack } from './lift-track.ts'
import { RecordingError, type RecordingFormat } from './recording.ts'
import { findRides, type RawRide } from './rides-by-level.ts'
import { interpolated, median, movingMean } from './smoothing.ts'

/** Air pressure falls by so much for each metre up, Pa. */
const pascalPerMetre = 12
/**
 * The files hold samples in order and no time. The same lift was recorded with an accelerometer and a clock: between
 * the pulses of start and stop it covers a storey in 4.8 s and four in 19 s, a rated speed of 0.63 m/s. So the time
 * between two samples is what makes its steady rides that fast.
 */
const cruisingSpeed = 0.63
const stepMs = 100

/**
 * Air pressure in a lift, one reading a line (`sample,pressure,…`). Height above the start is the fall of pressure
 * over 12 Pa/m. Weather drifts by as much in a quarter of an hour as a storey makes, and a door that opens is a gust
 * of half a metre, so only rides count: level before, level after, and between them the measured course stretched to
 * end exactly at both landings. Landings are the levels at which the car rested. A ride cut off by an end of the
 * file is left out.
 */
export const liftPressure: RecordingFormat = {
  name: 'air pressure in a lift',
  columns: ['sample', 'pressure'],
  read: (table) => {
    const pressure = table.numbers('pressure')
    const first = pressure[0]
    if (first === undefined) throw new RecordingError('there is no reading')
    const heights = pressure.map((value) => (first - value) / pascalPerMetre)
    const sampleMs = (1_000 * cruisePerSample(heights)) / cruisingSpeed
    const spikeSamples = Math.max(3, Math.round(1_500 / sampleMs) | 1)
    const even = interpolated(median(heights, spikeSamples), sampleMs, stepMs)
    return { kind: 'elevator', track: trackOf(even) }
  },
}

/** m from one sample to the next on a steady ride: what only one step in a hundred exceeds. */
function cruisePerSample(heights: readonly number[]): number {
  const over = 8
  const calm = movingMean(median(heights, 5), 3)
  const steps = calm.slice(over).map((height, i) => Math.abs(height - (calm[i] ?? height)) / over)
  const step = steps.sort((a, b) => a - b)[Math.floor(steps.length * 0.99)]
  if (step === undefined || step === 0) throw new RecordingError('the pressure never changes: there is no ride in it')
  return step
}

function trackOf(heights: readonly number[]): LiftTrack {
  const { rides, from, to } = findRides(heights, stepMs)
  const { landings, floors } = landingsFrom(rides.map(({ climb }) => climb))
  const course = movingMean(movingMean(heights, 9), 9)
  const positions: number[] = []
  let next = 0
  for (let i = from; i < to; i++) {
    while (rides[next] !== undefined && i >= (rides[next] as RawRide).to) next++
    const ride = rides[next]
    const [low, high] = [landings[floors[next] ?? 0] ?? 0, landings[floors[next + 1] ?? 0] ?? 0]
    positions.push(ride === undefined || i < ride.from ? low : stretched(course, ride, i, low, high))
  }
  return {
    landings,
    rides: rides.map((ride, i) => ({
      fromMs: (ride.from - from) * stepMs,
      toMs: (ride.to - from) * stepMs,
      from: floors[i] ?? 0,
      to: floors[i + 1] ?? 0,
    })),
    durationMs: positions.length * stepMs,
    positions,
    stepMs,
  }
}

/** The measured course within a ride, drawn out to begin at one landing and end at the other. */
function stretched(course: readonly number[], ride: RawRide, i: number, from: number, to: number): number {
  const [begin, end] = [course[ride.from] ?? 0, course[ride.to] ?? 0]
  const share = ((course[i] ?? begin) - begin) / (end - begin)
  return from + Math.min(1, Math.max(0, share)) * (to - from)
}
