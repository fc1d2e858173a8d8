import type { CaseState, RescueCase } from '@lifeline/contracts'

export interface ProgressStep {
  readonly state: CaseState
  /** When it was reached, ms; undefined where it was not, or was passed over. */
  readonly at: number | undefined
  readonly standing: 'done' | 'skipped' | 'current' | 'ahead'
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
  const timeOf = (step: CaseState): number | undefined => {
    if (step === 'received') return timeline[0]?.at ?? openedAt
    return step === 'closed' ? closedAt : lastTime(step)
  }
  return order.map((step, index) => {
    if (index > current) return { state: step, at: undefined, standing: 'ahead' }
    const at = timeOf(step)
    const standing = index === current ? 'current' : at === undefined ? 'skipped' : 'done'
    return { state: step, at, standing }
  })
}
