import type { Unit } from '@lifeline/contracts'
import type { Tier } from './desk-case.ts'

/** What kind of unit answers at each level. */
export const unitKindAt = { 1: 'maintenance', 2: 'station', 3: 'fire' } as const satisfies Record<Tier, Unit['kind']>

/** Who would be sent to one device at each level, and every unit that may be named instead. */
export interface Roster {
  readonly 1?: Unit
  readonly 2?: Unit
  readonly 3?: Unit
  readonly units: ReadonlyMap<string, Unit>
}

export interface Place {
  /** Id of the device's maintenance unit. */
  readonly maintenanceUnit?: string
  readonly location?: { readonly lat: number; readonly lon: number }
}

/** Level 1 is the device's own maintenance unit, 2 and 3 are the nearest station and fire unit. */
export function rosterOf(place: Place, units: ReadonlyMap<string, Unit>): Roster {
  const maintenance = units.get(place.maintenanceUnit ?? '')
  const station = nearest('station', place, units)
  const fire = nearest('fire', place, units)
  return {
    ...(maintenance?.kind === 'maintenance' ? { 1: maintenance } : {}),
    ...(station === undefined ? {} : { 2: station }),
    ...(fire === undefined ? {} : { 3: fire }),
    units,
  }
}

/** The unit of a kind nearest to the place; any of them, by id, where a location is unknown. */
function nearest(kind: Unit['kind'], place: Place, units: ReadonlyMap<string, Unit>): Unit | undefined {
  let best: { unit: Unit; distance: number } | undefined
  for (const unit of units.values()) {
    if (unit.kind !== kind) continue
    const distance = distanceBetween(place.location, unit.location)
    if (best === undefined || distance < best.distance || (distance === best.distance && unit.id < best.unit.id)) {
      best = { unit, distance }
    }
  }
  return best?.unit
}

const earthRadius = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in metres (haversine); infinite where either place is unknown. */
function distanceBetween(a: Place['location'], b: Place['location']): number {
  if (a === undefined || b === undefined) return Number.POSITIVE_INFINITY
  const north = Math.sin(radians(b.lat - a.lat) / 2)
  const east = Math.sin(radians(b.lon - a.lon) / 2)
  const h = north ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * east ** 2
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}
