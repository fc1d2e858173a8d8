import type { Unit } from '@lifeline/contracts'
import type { Tier } from './desk-case.ts'
import { type Location, type TravelModel, travelSeconds } from './travel.ts'

/** What kind of unit answers at each level. */
export const unitKindAt = { 1: 'maintenance', 2: 'station', 3: 'fire' } as const satisfies Record<Tier, Unit['kind']>

/** Who would be sent to one device at each level, and every unit that may be named instead. */
export interface Roster {
  readonly 1?: Unit
  readonly 2?: Unit
  readonly 3?: Unit
  /** Stations on duty besides that of level 2, the one that is there first before the others. */
  readonly furtherStations: readonly Unit[]
  readonly units: ReadonlyMap<string, Unit>
  /** Of each level, those who would have been sent were they on duty, the first choice first. */
  readonly offDuty: Readonly<Record<Tier, readonly Unit[]>>
  /** How long the unit would be on the road, s; undefined where that is not known. */
  readonly etaSeconds: (unit: Unit) => number | undefined
}

export interface Place {
  /** Id of the device's maintenance unit. */
  readonly maintenanceUnit?: string
  readonly location?: Location
  readonly rural?: boolean
}

/** How long ways take now, and who is off duty. */
export interface Readiness {
  readonly travel: TravelModel
  /** Ids of the units whose shifts leave a gap now. */
  readonly offDuty: ReadonlySet<string>
}

/**
 * Level 1 is the device's own maintenance unit, 2 the station that is there first, 3 the fire unit that is. Who is off
 * duty is passed over, but for fire, which never is.
 */
export function rosterOf(place: Place, units: ReadonlyMap<string, Unit>, { travel, offDuty }: Readiness): Roster {
  const eta = ({ location }: Unit): number => travelSeconds(location, place.location, place.rural ?? false, travel)
  const own = units.get(place.maintenanceUnit ?? '')
  const choices: Record<Tier, readonly Unit[]> = {
    1: own?.kind === 'maintenance' ? [own] : [],
    2: soonest('station', units, eta),
    3: soonest('fire', units, eta),
  }
  const onDuty = (unit: Unit): boolean => unit.kind === 'fire' || !offDuty.has(unit.id)
  const sent = (tier: Tier): Unit | undefined => choices[tier].find(onDuty)
  const passedOver = (tier: Tier): readonly Unit[] => {
    const first = choices[tier].findIndex(onDuty)
    return first < 0 ? choices[tier] : choices[tier].slice(0, first)
  }
  const [first, second, third] = [sent(1), sent(2), sent(3)]
  return {
    ...(first === undefined ? {} : { 1: first }),
    ...(second === undefined ? {} : { 2: second }),
    ...(third === undefined ? {} : { 3: third }),
    furtherStations: choices[2].filter((unit) => onDuty(unit) && unit !== second),
    units,
    offDuty: { 1: passedOver(1), 2: passedOver(2), 3: [] },
    etaSeconds: (unit) => {
      const seconds = eta(unit)
      return Number.isFinite(seconds) ? Math.round(seconds) : undefined
    },
  }
}

/** The units of a kind, the one that is there first before the others; by id where that is not known. */
function soonest(kind: Unit['kind'], units: ReadonlyMap<string, Unit>, eta: (unit: Unit) => number): Unit[] {
  const ranked = [...units.values()].filter((unit) => unit.kind === kind).map((unit) => ({ unit, eta: eta(unit) }))
  ranked.sort((a, b) => (a.eta === b.eta ? (a.unit.id < b.unit.id ? -1 : 1) : a.eta < b.eta ? -1 : 1))
  return ranked.map(({ unit }) => unit)
}
