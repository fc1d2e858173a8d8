import { fallsOf, timeOf } from './crane-black-box.ts'
import type { CraneReading, RecordingFormat, Table } from './recording.ts'

const tonne = 1_000
const stepMs = 2_000
/** Between two cycles the crane went somewhere without a load: as fast as it may, m/s. */
const emptySpeed = 0.5
const leastGapMs = 10_000
/** Three moments of a cycle, and what their time's column is called. */
const moments = [
  ['start', 'Data_start'],
  ['max', 'Date_max'],
  ['end', 'Date_end'],
] as const

/**
 * Work cycles of a crane: its state at the start, at the greatest moment and at the end of each. Between them, and
 * from one cycle to the next, every reading is drawn in a straight line, one each two seconds; the hours between two
 * cycles are shortened to what the crane needs for the way. An angle of 0.00 is one that was not known yet.
 */
export const craneWorkCycles: RecordingFormat = {
  name: 'work cycles of a tower crane',
  columns: ['Data_start', 'Date_max', 'Date_end', 'Load_start', 'Load_max', 'Load_end'],
  read: (table) => ({ kind: 'tower-crane', readings: drawnOut(knots(table)) }),
}

/** The noted states with the hours between cycles taken out. */
function knots(table: Table): CraneReading[] {
  const columns = moments.map(([moment, time]) => statesOf(table, moment, time))
  const result: CraneReading[] = []
  for (const [i] of (columns[0] ?? []).entries()) {
    const cycle = columns.flatMap((states) => states[i] ?? [])
    const begins = cycle[0]?.atMs ?? 0
    const offset = startOf(cycle[0], result.at(-1)) - begins
    for (const state of cycle) {
      const atMs = state.atMs + offset
      if (atMs > (result.at(-1)?.atMs ?? -1)) result.push({ ...state, atMs })
    }
  }
  return result
}

function statesOf(table: Table, moment: string, timeColumn: string): CraneReading[] {
  const of = (name: string): number[] => table.numbers(`${name}_${moment}`)
  const [load, radius, angle, height] = [of('Load'), of('Radius'), of('Angle'), of('Height')]
  const [wind, falls] = [of('WindSpeed'), of('Fall').map(fallsOf)]
  return table.texts(timeColumn).map((time, i) => ({
    atMs: timeOf(time),
    hookLoad: (load[i] ?? 0) * tonne,
    radius: radius[i] ?? 0,
    hookHeight: height[i] ?? 0,
    ...(angle[i] ? { slewAngle: angle[i] } : {}),
    windSpeed: wind[i] ?? 0,
    falls: falls[i] ?? 2,
  }))
}

/** When a cycle begins after the one before it. */
function startOf(first: CraneReading | undefined, before: CraneReading | undefined): number {
  if (first === undefined || before === undefined) return 0
  const way = Math.max(Math.abs(first.radius - before.radius), Math.abs(first.hookHeight - before.hookHeight))
  return before.atMs + Math.max(leastGapMs, Math.ceil(way / emptySpeed) * 1_000)
}

function drawnOut(states: readonly CraneReading[]): CraneReading[] {
  return states.flatMap((state, i) => {
    const next = states[i + 1]
    if (next === undefined) return [state]
    const count = Math.max(1, Math.ceil((next.atMs - state.atMs) / stepMs))
    return Array.from({ length: count }, (_, step) => between(state, next, step / count))
  })
}

function between(from: CraneReading, to: CraneReading, share: number): CraneReading {
  const line = (a: number, b: number): number => a + (b - a) * share
  const [begin, end] = [from.slewAngle, to.slewAngle]
  return {
    atMs: Math.round(line(from.atMs, to.atMs)),
    hookLoad: line(from.hookLoad, to.hookLoad),
    radius: line(from.radius, to.radius),
    hookHeight: line(from.hookHeight, to.hookHeight),
    windSpeed: line(from.windSpeed, to.windSpeed),
    falls: from.falls,
    ...(begin === undefined || end === undefined ? {} : { slewAngle: line(begin, end) }),
  }
}
