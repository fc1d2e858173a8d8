import type { DispatchSettings } from '@lifeline/contracts'

export interface Location {
  readonly lat: number
  readonly lon: number
}

export type TravelModel = Pick<DispatchSettings, 'travelDetour' | 'travelSpeedUrban' | 'travelSpeedRural'>

/**
 * How long a crew is on the road, s: the straight distance times the detour that streets make, at the speed of the
 * built-up area or of the country. Infinite where either place is unknown.
 */
export function travelSeconds(
  from: Location | undefined,
  to: Location | undefined,
  rural: boolean,
  { travelDetour, travelSpeedUrban, travelSpeedRural }: TravelModel,
): number {
  const kilometres = (distanceBetween(from, to) * travelDetour) / 1000
  return (kilometres / (rural ? travelSpeedRural : travelSpeedUrban)) * 3600
}

const earthRadius = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in metres (haversine); infinite where either place is unknown. */
function distanceBetween(a: Location | undefined, b: Location | undefined): number {
  if (a === undefined || b === undefined) return Number.POSITIVE_INFINITY
  const north = Math.sin(radians(b.lat - a.lat) / 2)
  const east = Math.sin(radians(b.lon - a.lon) / 2)
  const h = north ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * east ** 2
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}
