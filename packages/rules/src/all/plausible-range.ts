import type { Frame, Kind } from '@lifeline/contracts'

/** Least and greatest value a field can have on any machine of the kind, in the field's unit. */
export type Range = readonly [min: number, max: number]

/** Wider than any machine built: what lies outside is a fault of the sensor, not of the machine. */
export const plausibleRanges: Readonly<Record<Kind, Readonly<Record<string, Range>>>> = {
  elevator: {
    floor: [-50, 300],
    position: [-300, 1_000],
    speed: [-25, 25],
    load: [-500, 20_000],
    people: [0, 200],
  },
  'tower-crane': {
    hookLoad: [-5_000, 200_000],
    radius: [0, 150],
    hookHeight: [-200, 1_000],
    travel: [-1_000, 1_000],
    slewAngle: [0, 360],
    windSpeed: [0, 75],
    tiltX: [-45, 45],
    tiltY: [-45, 45],
  },
  hoist: {
    load: [-500, 20_000],
    people: [0, 100],
    speed: [-15, 15],
    height: [-100, 1_000],
    floor: [-50, 300],
    windSpeed: [0, 75],
    tiltX: [-45, 45],
    tiltY: [-45, 45],
  },
}

export interface Implausible {
  readonly field: string
  readonly value: number
  readonly range: Range
}

/** The fields of a frame beyond their range; undefined, and nothing allocated, where there is none. */
export function implausibleFields(kind: Kind, frame: Frame): Implausible[] | undefined {
  let found: Implausible[] | undefined
  const ranges = plausibleRanges[kind]
  const values = frame as unknown as Readonly<Record<string, unknown>>
  for (const field in ranges) {
    const value = values[field]
    const range = ranges[field] as Range
    if (typeof value !== 'number' || (value >= range[0] && value <= range[1])) continue
    found ??= []
    found.push({ field, value, range })
  }
  return found
}

/** The frame without those fields: to every other rule they are unknown. */
export function withoutFields<F extends Frame>(frame: F, fields: readonly string[]): F {
  return Object.fromEntries(Object.entries(frame).filter(([name]) => !fields.includes(name))) as F
}
