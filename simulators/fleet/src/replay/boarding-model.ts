import type { LiftTrack } from './lift-track.ts'

type Door = 'closed' | 'opening' | 'open' | 'closing'

/** Doors and people at one moment. */
export interface CarState {
  readonly door: Door
  readonly people: number
}

interface Change extends Partial<CarState> {
  readonly atMs: number
}

/** kg that a person counts. */
export const personMass = 70
/** The whole procedure of a stop fits into so long a rest, ms; in a shorter one it goes faster. */
const fullStopMs = 15_000
/** Too short for anybody: the doors stay shut and those in the car ride on, ms. */
const passingMs = 6_000
/** Nobody holds the door longer, ms. */
const waitingMs = 40_000

/**
 * What recordings do not tell, by a model: ride after ride one, two, three, one, … people of 70 kg. They step in while
 * the car rests before the ride and out in the rest after it: doors begin to open one second after the stop, stand
 * open 1.8 s later, people move one a second, and doors are shut 0.6 s before the start. In a rest over 40 s the doors
 * shut behind those who left, after 12 s, and open for the next ones 10 s before the start. A rest under 15 s shortens
 * all of it in proportion, one under 6 s is a halt at which nothing opens. Before the first ride and after the last
 * the car is empty and shut.
 * @param untilMs end of the last rest
 */
export function boardingModel({ rides }: LiftTrack, untilMs: number): (atMs: number) => CarState {
  const changes: Change[] = []
  let aboard = 0
  for (let i = 0; i <= rides.length; i++) {
    const begins = rides[i - 1]?.toMs ?? 0
    const ends = rides[i]?.fromMs ?? untilMs
    const passing = i > 0 && i < rides.length && ends - begins < passingMs
    if (passing) continue
    const boarding = i < rides.length ? 1 + (i % 3) : 0
    changes.push(...stop(begins, ends, aboard, boarding))
    aboard = boarding
  }
  return (atMs) => {
    let state: CarState = { door: 'closed', people: 0 }
    for (const { atMs: changed, ...change } of changes) {
      if (changed > atMs) break
      state = { ...state, ...change }
    }
    return state
  }
}

function stop(begins: number, ends: number, leaving: number, boarding: number): Change[] {
  if (leaving === 0 && boarding === 0) return []
  const share = Math.min(1, (ends - begins) / fullStopMs)
  const afterStop = (ms: number): number => begins + ms * share
  const beforeStart = (ms: number): number => ends - ms * share
  const shutBetween = leaving > 0 && boarding > 0 && ends - begins > waitingMs
  const arrival: Change[] = [
    { atMs: afterStop(1_000), door: 'opening' },
    { atMs: afterStop(2_800), door: 'open' },
    ...Array.from({ length: leaving }, (_, i) => ({ atMs: afterStop(3_800 + 1_000 * i), people: leaving - 1 - i })),
  ]
  const shutting: Change[] = [
    { atMs: afterStop(12_000), door: 'closing' },
    { atMs: afterStop(14_400), door: 'closed' },
  ]
  const opening: Change[] = [
    { atMs: beforeStart(10_000), door: 'opening' },
    { atMs: beforeStart(8_200), door: 'open' },
  ]
  const departure: Change[] = [
    ...Array.from({ length: boarding }, (_, i) => ({ atMs: beforeStart(6_500 - 1_000 * i), people: i + 1 })),
    { atMs: beforeStart(3_000), door: 'closing' },
    { atMs: beforeStart(600), door: 'closed' },
  ]
  return [
    ...(leaving > 0 ? arrival : []),
    ...(shutBetween || boarding === 0 ? shutting : []),
    ...(shutBetween || leaving === 0 ? opening : []),
    ...(boarding > 0 ? departure : []),
  ]
}
