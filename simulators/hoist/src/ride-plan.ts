import type { Job } from './demand.ts'

/** One thing that happens before the next. */
export type Step =
  | { readonly kind: 'ride'; readonly to: number }
  | { readonly kind: 'door'; readonly state: 'open' | 'closed' }
  /** People step in or out and material is carried until so much is in the cage; the driver is not counted. */
  | { readonly kind: 'cargo'; readonly people: number; readonly material: number }
  /** `loading`: the doors stand open for it; else the hoist has nothing to do. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly loading: boolean }

/** The steps of one job. @param toldOff what a driver does about too much in the cage before the ride */
export function ridePlan(job: Job, toldOff: readonly Step[] = []): [Step, ...Step[]] {
  const { from, to, people, material, loadSeconds, unloadSeconds, restSeconds } = job
  return [
    { kind: 'ride', to: from },
    { kind: 'door', state: 'open' },
    { kind: 'cargo', people, material },
    { kind: 'wait', seconds: loadSeconds, loading: true },
    ...toldOff,
    { kind: 'door', state: 'closed' },
    { kind: 'ride', to },
    { kind: 'door', state: 'open' },
    { kind: 'cargo', people: 0, material: 0 },
    { kind: 'wait', seconds: unloadSeconds, loading: true },
    { kind: 'door', state: 'closed' },
    { kind: 'wait', seconds: restSeconds, loading: false },
  ]
}
