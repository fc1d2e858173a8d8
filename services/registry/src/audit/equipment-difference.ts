import { isDeepStrictEqual } from 'node:util'
import type { Equipment } from '@lifeline/contracts'

type Profile = Readonly<Record<string, unknown>>

/**
 * What of a device's profile is another, before and after; settings have entries of their own.
 * @param hide what is shown of operators' cards
 */
export function equipmentDifference(
  before: Equipment | undefined,
  after: Equipment | undefined,
  hide: (token: string) => string,
): { readonly before: Profile; readonly after: Profile } {
  const [old, now] = [shown(before, hide), shown(after, hide)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  const differing = names.filter((name) => !isDeepStrictEqual(old[name], now[name]))
  const only = (profile: Profile): Profile =>
    Object.fromEntries(differing.filter((name) => name in profile).map((name) => [name, profile[name]]))
  return { before: only(old), after: only(now) }
}

function shown(equipment: Equipment | undefined, hide: (token: string) => string): Profile {
  if (equipment === undefined) return {}
  const { settings: _, operators, ...profile } = equipment
  return { ...profile, operators: operators.map(hide) }
}
