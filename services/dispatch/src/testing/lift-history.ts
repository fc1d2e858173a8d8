import { assertNever, type Incident, type Report, type RuleName } from '@lifeline/contracts'
import fc from 'fast-check'
import { ActionRefused } from '../rescue/action-refused.ts'
import type { DeskCase } from '../rescue/desk-case.ts'
import { act, type CaseAction } from '../rescue/person-action.ts'
import type { Context, Step } from '../rescue/step.ts'
import { takeIncident, takeReport } from '../rescue/take-incident.ts'
import { takeDue, tend } from '../rescue/tend.ts'
import { at as atOne, device, heard, settings } from './lift-world.ts'

// Whatever the engine, callers, people and time may do to one lift, for property tests.

/** Level 2 asks both stations. */
const at = (now: number, by?: string, more: Partial<Context> = {}): Context =>
  atOne(now, by, { settings: { ...settings, stationsAsked: 2 }, ...more })

export type Event =
  | { readonly type: 'incident'; readonly id: string; readonly revision: number; readonly data: Partial<Incident> }
  | { readonly type: 'report'; readonly report: Report }
  | {
      readonly type: 'action'
      readonly pick: number
      readonly command: CaseAction
      readonly unitId: string | undefined
    }
  | { readonly type: 'time'; readonly seconds: number }

const rule = fc.constantFrom<RuleName>('entrapment', 'alarm_button', 'overspeed', 'door_fault')
const text = fc.constant('x')
const people = fc.integer({ min: 0, max: 3 })

const condition = fc.record({ injured: fc.boolean(), heat: fc.boolean(), medical: fc.boolean() })

const command: fc.Arbitrary<CaseAction> = fc.oneof(
  fc.constantFrom<CaseAction>(
    { action: 'accept', body: {} },
    { action: 'depart', body: {} },
    { action: 'arrive', body: {} },
  ),
  fc.record({ action: fc.constant('assign' as const), body: fc.record({ level: fc.constantFrom(1, 2, 3) }) }),
  fc.record({ action: fc.constant('free' as const), body: fc.record({ freed: people }) }),
  fc.record({ action: fc.constant('escalate' as const), body: fc.record({ reason: text }) }),
  fc.record({
    action: fc.constant('hold' as const),
    body: fc.record({ minutes: fc.integer({ min: 1, max: 240 }), reason: text }),
  }),
  fc.record({ action: fc.constant('note' as const), body: fc.record({ text }) }),
  fc.record({ action: fc.constant('link' as const), body: fc.record({ parentId: fc.constant('p') }) }),
  fc.record({ action: fc.constant('false-alarm' as const), body: fc.record({ reason: text }) }),
  fc.record({
    action: fc.constant('close' as const),
    body: fc.record({ freed: people, injured: people, cause: fc.constant('door' as const) }),
  }),
  fc.record({
    action: fc.constant('call-back' as const),
    body: fc.record({ reached: fc.boolean(), condition }, { requiredKeys: ['reached'] }),
  }),
  fc.record({
    action: fc.constant('decide' as const),
    body: fc.record({ service: fc.constantFrom('119', '120'), confirmed: fc.boolean() }),
  }),
  fc.constant<CaseAction>({ action: 'take', body: {} }),
)

export const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    type: fc.constant('incident' as const),
    id: fc.constantFrom('i', 'j', 'k'),
    revision: fc.integer({ min: 1, max: 6 }),
    data: fc.record(
      {
        rule,
        severity: fc.constantFrom('warning', 'major', 'critical'),
        lifeSafety: fc.boolean(),
        late: fc.constantFrom(false, false, false, true),
        clearedAt: fc.constantFrom(1_500_000, 1_600_000),
      },
      { requiredKeys: ['rule', 'severity', 'lifeSafety', 'late'] },
    ),
  }),
  fc.record({
    type: fc.constant('report' as const),
    report: fc.record(
      { rule, deviceId: fc.constant('lift-1'), trapped: people, condition },
      { requiredKeys: ['rule', 'deviceId', 'trapped'] },
    ),
  }),
  fc.record({
    type: fc.constant('action' as const),
    pick: fc.nat(4),
    command,
    unitId: fc.option(fc.constantFrom('unit-lift', 'station-near', 'station-far'), { nil: undefined }),
  }),
  fc.record({ type: fc.constant('time' as const), seconds: fc.constantFrom(1, 59, 60, 181, 1801) }),
)

/** Told of every change of a case. */
export type Judge = (before: DeskCase | undefined, step: Step, by: Event['type'], atDesk: boolean) => void

/** One lift's cases, and what happens to each of them. */
export class Lift {
  readonly cases = new Map<string, DeskCase>()
  readonly #owner = new Map<string, string>()
  readonly #judge: Judge
  #now = 2_000_000

  constructor(judge: Judge) {
    this.#judge = judge
  }

  happen(event: Event): void {
    const atDesk = event.type === 'report' || (event.type === 'action' && event.unitId === undefined)
    for (const decided of this.#steps(event)) {
      if (decided === undefined) continue
      const step = tend(decided, at(this.#now, 'system', { atDesk }))
      this.#judge(this.cases.get(step.rescue.id), step, event.type, atDesk)
      this.cases.set(step.rescue.id, step.rescue)
    }
  }

  #steps(event: Event): (Step | undefined)[] {
    const all = [...this.cases.values()]
    const open = all.filter(({ progress }) => progress.state !== 'closed')
    const beginning = { id: `c${this.cases.size}`, device }
    switch (event.type) {
      case 'incident': {
        const known = this.cases.get(this.#owner.get(event.id) ?? '')
        const word = heard(event.id, event.revision, event.data)
        const step = takeIncident(known, open, word, beginning, at(this.#now, 'engine'))
        if (step !== undefined) this.#owner.set(event.id, step.rescue.id)
        return [step]
      }
      case 'report':
        return [takeReport(open, event.report, beginning, at(this.#now, 'wang'))]
      case 'action': {
        const rescue = all[event.pick]
        const unit = event.unitId === undefined ? {} : { unitId: event.unitId }
        return rescue === undefined ? [] : [allowed(rescue, event.command, at(this.#now, 'li', unit))]
      }
      case 'time':
        this.#now += event.seconds * 1000
        return all.map((rescue) => takeDue(rescue, at(this.#now)))
      default:
        return assertNever(event)
    }
  }
}

function allowed(...[rescue, command, context]: Parameters<typeof act>): Step | undefined {
  try {
    return act(rescue, command, context)
  } catch (error) {
    if (error instanceof ActionRefused) return undefined
    throw error
  }
}

export function judged(judge: Judge) {
  return fc.property(fc.array(event, { maxLength: 40 }), (events) => {
    const lift = new Lift(judge)
    for (const one of events) lift.happen(one)
  })
}
export const runs = { numRuns: 500 }
