import type { Frame, FrameOf, Kind } from '@lifeline/contracts'

/**
 * How a field stands in InfluxDB. InfluxDB types a field by its first value and refuses every other type after, so
 * the types are written down here, once and for ever: numbers are floats even where a frame counts whole people.
 */
export type FieldType = 'float' | 'integer' | 'boolean' | 'string' | 'list'

type TypeOf<V> = V extends number
  ? 'float' | 'integer'
  : V extends boolean
    ? 'boolean'
    : V extends string
      ? 'string'
      : 'list'
/** A field that the contracts gain or lose is a type error here. */
type FieldsOf<F extends Frame> = { readonly [N in Exclude<keyof F, 'time'>]-?: TypeOf<NonNullable<F[N]>> }

const elevator: FieldsOf<FrameOf<'elevator'>> = {
  seq: 'integer',
  mode: 'string',
  floor: 'float',
  position: 'float',
  speed: 'float',
  door: 'string',
  inDoorZone: 'boolean',
  occupied: 'boolean',
  alarmButton: 'boolean',
  load: 'float',
  people: 'float',
  power: 'string',
  safetyChain: 'string',
  faults: 'list',
}

const towerCrane: FieldsOf<FrameOf<'tower-crane'>> = {
  seq: 'integer',
  hookLoad: 'float',
  radius: 'float',
  hookHeight: 'float',
  travel: 'float',
  slewAngle: 'float',
  falls: 'float',
  windSpeed: 'float',
  tiltX: 'float',
  tiltY: 'float',
  state: 'string',
  operator: 'string',
  faults: 'list',
}

const hoist: FieldsOf<FrameOf<'hoist'>> = {
  seq: 'integer',
  load: 'float',
  people: 'float',
  speed: 'float',
  height: 'float',
  floor: 'float',
  cageDoor: 'string',
  landingGate: 'string',
  topLimit: 'boolean',
  bottomLimit: 'boolean',
  safetyDevice: 'string',
  driveState: 'string',
  windSpeed: 'float',
  tiltX: 'float',
  tiltY: 'float',
  operator: 'string',
  power: 'string',
  faults: 'list',
}

/** The fields of a frame by kind of equipment; `list` is stored as a string with commas between. */
export const frameFields: Readonly<Record<Kind, Readonly<Record<string, FieldType>>>> = {
  elevator,
  'tower-crane': towerCrane,
  hoist,
}

/** The fields of a controller's own fault, event or alarm, in the same measurement as the frames. */
export const eventFields = { eventCode: 'string', eventActive: 'boolean', eventText: 'string' } as const

/** Every field that can be read back of a kind. `receivedAt` is ms since the Unix epoch, gateway clock. */
export function readableFields(kind: Kind): Readonly<Record<string, FieldType>> {
  return { ...frameFields[kind], ...eventFields, receivedAt: 'integer' }
}
