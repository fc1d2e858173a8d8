import type { CaseState, TimelineEntry } from '@lifeline/contracts'
import type { CaseRecord } from './case-record.ts'

type Progress = 'assigned' | 'accepted' | 'departed' | 'arrived' | 'freed' | 'closed'

/** From which states each step may be taken; `escalated` stands between two holders. */
const from: Readonly<Record<Progress | 'escalated', readonly (CaseState | 'escalated')[]>> = {
  assigned: ['received', 'escalated'],
  escalated: ['assigned', 'accepted', 'departed'],
  accepted: ['assigned'],
  departed: ['accepted'],
  arrived: ['accepted', 'departed'],
  freed: ['arrived'],
  closed: ['freed', 'received', 'assigned', 'accepted', 'departed', 'arrived'],
}
const after: readonly string[] = ['updated', 'cleared', 'noted', 'linked', 'joined']

/** Whether each step of a case was taken once, in its order, and at the next level each time. */
export function auditSteps({ cases, calls, plan }: CaseRecord): readonly string[] {
  const timeline = cases[0]?.timeline ?? []
  const faults: string[] = []
  let state: CaseState | 'escalated' = plan.fate === 'late' ? 'closed' : 'received'
  let [level, lowest] = [0, 0]
  for (const entry of timeline) {
    const what = entry.what === 'false_alarm' ? 'closed' : entry.what
    if (state === 'closed' && entry !== timeline[0] && !after.includes(what)) faults.push(`${what} after the end`)
    if (what === 'skipped') lowest++
    if (!(what in from)) continue
    const step = what as keyof typeof from
    if (!from[step].includes(state)) faults.push(`${step} while it is ${state}`)
    if (step === 'escalated' && entry.details.from !== level) faults.push(`escalated from ${entry.details.from}`)
    if (step === 'assigned') {
      level += 1 + lowest
      lowest = 0
      if (entry.details.level !== level) faults.push(`assigned at level ${entry.details.level}, not ${level}`)
    }
    state = step
  }
  for (const [key, times] of counted(timeline)) if (times > 1) faults.push(`${key}: ${times} times`)
  const reported = timeline.filter(({ what }) => what === 'reported').length
  // A call whose answer was lost with the desk is entered again.
  if (reported < calls.calls || reported > calls.tries) {
    faults.push(`${reported} calls, of ${calls.calls} entered ${calls.tries} times`)
  }
  return faults
}

/** What may stand in a timeline once only, and how often it does. */
function counted(timeline: readonly TimelineEntry[]): ReadonlyMap<string, number> {
  const keys = timeline.flatMap(({ what, details }): string[] => {
    const { incidentId, event, service, reasons, level } = details
    switch (what) {
      case 'opened':
      case 'joined':
      case 'updated':
        return [`the engine’s word ${String(event)}`]
      case 'cleared':
        return [`the end of ${String(incidentId)}`]
      case 'assigned':
      case 'skipped':
        return [`level ${String(level)}`]
      case 'proposed':
        return [`${String(service)} proposed for ${String(reasons)}`]
      case 'summoned':
        return [`${String(service)} summoned`]
      case 'freed':
      case 'closed':
      case 'false_alarm':
      case 'taken':
        return [what]
      default:
        return []
    }
  })
  const times = new Map<string, number>()
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  return times
}
