import { type CraneReading, RecordingError, type RecordingFormat } from './recording.ts'

/** kg in a tonne. */
const tonne = 1_000

/**
 * What a luffing crane's black box writes every two seconds: `Load` in t, `Angle` in degrees, `Height` of the hook in
 * m. A time may stand there twice; the recorder's own `Number` tells the two apart and becomes `seq`.
 */
export const craneBlackBox: RecordingFormat = {
  name: 'black box of a tower crane',
  columns: ['Number', 'Time', 'Load', 'Radius', 'Angle', 'Height', 'WindSpeed', 'Fall'],
  read: (table) => {
    const times = table.texts('Time').map(timeOf)
    const [seq, load, radius] = [table.numbers('Number'), table.numbers('Load'), table.numbers('Radius')]
    const [angle, height, wind] = [table.numbers('Angle'), table.numbers('Height'), table.numbers('WindSpeed')]
    const falls = table.numbers('Fall').map(fallsOf)
    const first = times[0] ?? 0
    const readings = times.map(
      (time, i): CraneReading => ({
        atMs: time - first,
        seq: seq[i] ?? 0,
        hookLoad: (load[i] ?? 0) * tonne,
        radius: radius[i] ?? 0,
        slewAngle: angle[i] ?? 0,
        hookHeight: height[i] ?? 0,
        windSpeed: wind[i] ?? 0,
        falls: falls[i] ?? 2,
      }),
    )
    return { kind: 'tower-crane', readings }
  },
}

/** ms of a time like `2026-03-24 12:03:31`; only differences of two count. @throws RecordingError */
export function timeOf(text: string): number {
  const time = Date.parse(`${text.replace(' ', 'T')}Z`)
  if (Number.isNaN(time)) throw new RecordingError(`${JSON.stringify(text)} is no time`)
  return time
}

/** @throws RecordingError */
export function fallsOf(value: number): 2 | 4 {
  if (value === 2 || value === 4) return value
  throw new RecordingError(`${value} falls: 2 or 4 are known`)
}
