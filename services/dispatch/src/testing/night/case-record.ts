import type { Delivery, Linkage, RescueCase } from '@lifeline/contracts'
import type { CaseExport } from '../../export/case-export.ts'
import type { CrewRun } from '../rescue-world/rescue-world.ts'
import type { SeenCase } from './desk-ear.ts'
import type { DeskPair } from './desk-pair.ts'
import type { CallCount } from './night-callers.ts'
import type { NightCase } from './night-plan.ts'

/** All that the desk says of one incident after the night, and what is known of it from outside. */
export interface CaseRecord {
  readonly plan: NightCase
  /** The cases of the device; one in a sound night. */
  readonly cases: readonly RescueCase[]
  readonly exported: CaseExport
  /** What the desk says of the chain. */
  readonly holds: boolean
  readonly deliveries: readonly Delivery[]
  readonly linkages: readonly Linkage[]
  readonly calls: CallCount
  readonly runs: readonly CrewRun[]
  readonly seen: SeenCase | undefined
}

type FromOutside = Pick<CaseRecord, 'calls' | 'runs'> & { readonly seen: ReadonlyMap<string, SeenCase> }

/** @returns undefined where the desk has no case of the device */
export async function recordOf(
  pair: DeskPair,
  plan: NightCase,
  { calls, runs, seen }: FromOutside,
): Promise<CaseRecord | undefined> {
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await pair.insist<T>('administrator', 'GET', path)
    if (status !== 200) throw new Error(`${path}: ${status}`)
    return body
  }
  const cases = (await get<{ items: RescueCase[] }>(`/incidents?state=all&deviceId=${plan.deviceId}`)).items
  const id = cases[0]?.id
  if (id === undefined) return undefined
  const [exported, verdict, deliveries, linkages] = await Promise.all([
    get<CaseExport>(`/incidents/${id}/export`),
    get<{ holds: boolean }>(`/incidents/${id}/verify`),
    get<{ items: Delivery[] }>(`/incidents/${id}/deliveries`),
    get<{ items: Linkage[] }>(`/incidents/${id}/linkages`),
  ])
  return {
    plan,
    cases,
    exported,
    holds: verdict.holds,
    deliveries: deliveries.items,
    linkages: linkages.items,
    calls,
    runs,
    seen: seen.get(id),
  }
}
