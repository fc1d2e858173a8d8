import type { Kind, RescueCase } from '@lifeline/contracts'
import type { Device } from '../api/api-client.ts'

export interface Location {
  readonly lat: number
  readonly lon: number
}

/** The machines that stand at one point of the map, with the open cases of each. */
export interface Place {
  readonly key: string
  readonly siteId: string
  readonly kind: Kind
  readonly location: Location
  readonly devices: readonly Device[]
  /** The most pressing first. */
  readonly cases: readonly RescueCase[]
}

/** About 10 m: machines closer than this could not be told apart. */
const digits = 4

/** @param cases open ones, the most pressing first */
export function placesOf(devices: readonly Device[], cases: readonly RescueCase[]): readonly Place[] {
  const byPoint = Map.groupBy(devices, ({ location, siteId, kind }) =>
    [siteId, kind, location.lat.toFixed(digits), location.lon.toFixed(digits)].join(' '),
  )
  const byDevice = Map.groupBy(cases, ({ deviceId }) => deviceId)
  return [...byPoint].flatMap(([key, here]) => {
    const [first] = here
    if (first === undefined) return []
    const ids = new Set(here.map(({ deviceId }) => deviceId))
    const open = [...byDevice].flatMap(([deviceId, some]) => (ids.has(deviceId) ? some : []))
    const { siteId, kind, location } = first
    return [{ key, siteId, kind, location, devices: here, cases: open.toSorted((a, b) => a.priority - b.priority) }]
  })
}

/** How a place looks: what presses most there, else whether its machines are heard. */
export function lookOf({ cases, devices }: Pick<Place, 'cases' | 'devices'>): string {
  const [worst] = cases
  if (worst?.drill) return 'drill'
  if (worst !== undefined && worst.priority < 4) return worst.lifeSafety ? 'life' : worst.severity
  if (devices.every(({ online }) => online === false)) return 'silent'
  return worst === undefined ? 'calm' : worst.severity
}
