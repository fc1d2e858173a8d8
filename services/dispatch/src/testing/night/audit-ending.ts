import type { CaseRecord } from './case-record.ts'
import { incidentIdOf } from './night-callers.ts'
import type { Fate } from './night-plan.ts'

const outcomes = { fault: 'cleared', late: 'late', false_alarm: 'false_alarm' } as const satisfies Partial<
  Record<Fate, string>
>

/** Whether one incident became one case that ended as it should, by those who should end it. */
export function auditEnding(record: CaseRecord): readonly string[] {
  const { plan, cases, runs } = record
  const [rescue, ...more] = cases
  if (rescue === undefined) return ['there is no case']
  const faults = more.length > 0 ? [`it became ${cases.length} cases`] : []
  const expect = (what: string, is: unknown, should: unknown): void => {
    if (is !== should) faults.push(`${what} is ${String(is)}, not ${String(should)}`)
  }
  const { state, outcome, timeline, level, assignedTo } = rescue
  expect('the state', state, 'closed')
  expect('the outcome', outcome?.kind, plan.fate in outcomes ? outcomes[plan.fate as keyof typeof outcomes] : 'rescued')
  expect('the incident', rescue.incidentIds.includes(incidentIdOf(plan.deviceId)), plan.telemetry)
  expect('a parent', rescue.parentId !== undefined, plan.parent !== undefined)
  expect('a drill', rescue.drill, plan.drill)
  const freed = timeline.filter(({ what }) => what === 'freed')
  const crews = runs.filter(({ end }) => end === 'freed')
  if (outcome?.kind !== 'rescued') {
    expect('the crews that freed somebody', crews.length, 0)
    return faults
  }
  const [closed] = timeline.filter(({ what }) => what === 'closed')
  expect('who closed it', closed?.by, 'li')
  expect('the number freed', outcome.freed, freed[0]?.details.freed)
  if (level === 3) {
    expect('the crews that freed somebody', crews.length, 0)
  } else {
    const [crew] = crews
    expect('the crews that freed somebody', crews.length, 1)
    expect('who freed them', freed[0]?.by, `crew ${crew?.unitId}`)
    expect('the number freed', outcome.freed, crew?.plan.freed)
    expect('who had it', assignedTo, crew?.unitId)
  }
  const least = { level_2: 2, off_duty: 2, overdue: 2, level_3: 3 } as const satisfies Partial<Record<Fate, number>>
  const lowest = plan.fate in least ? least[plan.fate as keyof typeof least] : 1
  if (level < lowest) faults.push(`it ended at level ${level}, although ${plan.fate}`)
  return faults
}
