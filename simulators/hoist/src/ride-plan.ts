import type { MotionLimits } from '@lifeline/simulator-physics'
import type { Job } from './demand.ts'

/** One thing that happens before the next. */
export type Step =
  /** To a landing, or to `height` m; faster or harder than usual with `limits`. */
  | { readonly kind: 'ride'; readonly to: number; readonly height?: number; readonly limits?: MotionLimits }
  | { readonly kind: 'door'; readonly state: 'open' | 'closed' }
  /** People step in or out and material is carried until so much is in the cage; the driver is not counted. */
  | { readonly kind: 'cargo'; readonly people: number; readonly material: number }
  /** `loading`: the doors stand open for it; else the hoist has nothing to do. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly loading: boolean }
  /** It does not go on until what was injected is released. */
  | { readonly kind: 'halt' }

export interface PlanChanges {
  /** What a driver does about too much in the cage before the ride. */
  readonly toldOff?: readonly Step[]
  /** What the ride with the load is instead. */
  readonly ride?: readonly Step[]
  /** The door is not shut before that ride. */
  readonly doorLeftOpen?: boolean
}

/** The steps of one job, with what goes wrong in it. */
export function ridePlan(job: Job, { toldOff = [], ride, doorLeftOpen }: PlanChanges = {}): [Step, ...Step[]] {
  const { from, to, people, material, loadSeconds, unloadSeconds, restSeconds } = job
  return [
    { kind: 'ride', to: from },
    { kind: 'door', state: 'open' },
    { kind: 'cargo', people, material },
    { kind: 'wait', seconds: loadSeconds, loading: true },
    ...toldOff,
    ...(doorLeftOpen === true ? [] : [{ kind: 'door', state: 'closed' } as const]),
    ...(ride ?? [{ kind: 'ride', to } as const]),
    { kind: 'door', state: 'open' },
    { kind: 'cargo', people: 0, material: 0 },
    { kind: 'wait', seconds: unloadSeconds, loading: true },
    { kind: 'door', state: 'closed' },
    { kind: 'wait', seconds: restSeconds, loading: false },
  ]
}
