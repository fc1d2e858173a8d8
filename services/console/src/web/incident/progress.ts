import type { CaseState, RescueCase } from '@lifeline/contracts'

export interface ProgressStep {
  readonly state: CaseState
  /** When it was reached, ms; undefined where it was not, or was passed over. */
  readonly at: number | undefined
  readonly standing: 'done' | 'current' | 'ahead'
}

const order = [
  'received',
  'assigned',
  'accepted',
  'departed',
  'arrived',
  'freed',
  'closed',
] as const satisfies readonly CaseState[]

/** The way of a case through its states. After an escalation the steps beyond it lie ahead again. */
export function progressOf({ state, openedAt, closedAt, timeline }: RescueCase): readonly ProgressStep[] {
  const current = order.indexOf(state)
  const lastTime = (what: string): number | undefined => timeline.findLast((entry) => entry.what === what)?.at
  return order.map((step, index) => {
    const standing = index < current ? 'done' : index === current ? 'current' : 'ahead'
    if (standing === 'ahead') return { state: step, at: undefined, standing }
    const at = step === 'received' ? (timeline[0]?.at ?? openedAt) : step === 'closed' ? closedAt : lastTime(step)
    return { state: step, at, standing }
  })
}
