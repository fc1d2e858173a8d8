import type { ElevatorFrame, Frame, HoistFrame, Kind, TowerCraneFrame } from '@lifeline/contracts'

/** Least and greatest value a field can have on any machine of the kind, in the field's unit. */
export type Range = readonly [min: number, max: number]

/** Wider than any machine built: what lies outside is a fault of the sensor, not of the machine. */
export const plausibleRanges = {
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
} as const satisfies Readonly<Record<Kind, Readonly<Record<string, Range>>>>

export interface Implausible {
  readonly field: string
  readonly value: number
  readonly range: Range
}

/** Whether every value is within its range, field by field by its name: this runs for every frame. */
const soundFrame: Readonly<Record<Kind, (frame: Frame) => boolean>> = {
  elevator: (frame) => {
    const { floor, position, speed, load, people } = frame as ElevatorFrame
    const { elevator } = plausibleRanges
    return (
      within(floor, elevator.floor) &&
      within(position, elevator.position) &&
      within(speed, elevator.speed) &&
      within(load, elevator.load) &&
      within(people, elevator.people)
    )
  },
  'tower-crane': (frame) => {
    const { hookLoad, radius, hookHeight, travel, slewAngle, windSpeed, tiltX, tiltY } = frame as TowerCraneFrame
    const crane = plausibleRanges['tower-crane']
    return (
      within(hookLoad, crane.hookLoad) &&
      within(radius, crane.radius) &&
      within(hookHeight, crane.hookHeight) &&
      within(travel, crane.travel) &&
      within(slewAngle, crane.slewAngle) &&
      within(windSpeed, crane.windSpeed) &&
      within(tiltX, crane.tiltX) &&
      within(tiltY, crane.tiltY)
    )
  },
  hoist: (frame) => {
    const { load, people, speed, height, floor, windSpeed, tiltX, tiltY } = frame as HoistFrame
    const { hoist } = plausibleRanges
    return (
      within(load, hoist.load) &&
      within(people, hoist.people) &&
      within(speed, hoist.speed) &&
      within(height, hoist.height) &&
      within(floor, hoist.floor) &&
      within(windSpeed, hoist.windSpeed) &&
      within(tiltX, hoist.tiltX) &&
      within(tiltY, hoist.tiltY)
    )
  },
}

const within = (value: number | undefined, range: Range): boolean =>
  value === undefined || (value >= range[0] && value <= range[1])

/** The fields of a frame beyond their range; undefined where there is none. */
export function implausibleFields(kind: Kind, frame: Frame): Implausible[] | undefined {
  if (soundFrame[kind](frame)) return undefined
  const values = frame as unknown as Readonly<Record<string, unknown>>
  return Object.entries<Range>(plausibleRanges[kind]).flatMap(([field, range]) => {
    const value = values[field]
    return typeof value !== 'number' || within(value, range) ? [] : [{ field, value, range }]
  })
}

/** The frame without those fields: to every other rule they are unknown. */
export function withoutFields<F extends Frame>(frame: F, fields: readonly string[]): F {
  return Object.fromEntries(Object.entries(frame).filter(([name]) => !fields.includes(name))) as F
}
