/** How many of the contracts' unit one of a vendor's is, by what is measured. */
const units = {
  mass: { kg: 1, t: 1_000, g: 0.001, kN: 1_000 / 9.80665 },
  length: { m: 1, dm: 0.1, cm: 0.01, mm: 0.001, km: 1_000 },
  speed: { 'm/s': 1, 'dm/s': 0.1, 'cm/s': 0.01, 'mm/s': 0.001, 'km/h': 1 / 3.6, 'm/min': 1 / 60 },
  angle: { deg: 1, rad: 180 / Math.PI },
} as const satisfies Record<string, Readonly<Record<string, number>>>

type Measure = keyof typeof units

const measures: Readonly<Record<string, Measure>> = {
  hookLoad: 'mass',
  load: 'mass',
  radius: 'length',
  hookHeight: 'length',
  travel: 'length',
  position: 'length',
  height: 'length',
  speed: 'speed',
  windSpeed: 'speed',
  slewAngle: 'angle',
  tiltX: 'angle',
  tiltY: 'angle',
}

/** Units that a frame's field may be sent in; empty where it is no physical quantity. */
export function unitsOf(field: string): readonly string[] {
  const measure = Object.hasOwn(measures, field) ? measures[field] : undefined
  return measure === undefined ? [] : Object.keys(units[measure])
}

/** What a number of `unit` is to be multiplied by for the field's SI unit. @throws RangeError where it is none of its */
export function unitFactor(field: string, unit: string): number {
  const measure = measures[field]
  const factor = measure === undefined ? undefined : (units[measure] as Readonly<Record<string, number>>)[unit]
  if (factor === undefined) throw new RangeError(`${unit} is no unit of ${field}`)
  return factor
}
