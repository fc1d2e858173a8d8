import { assertNever, type Incident, type Report, type RuleName } from '@lifeline/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at as atOne, device, heard, roster, settings } from '../testing/lift-world.ts'
import { ActionRefused } from './action-refused.ts'
import { viewOf } from './case-view.ts'
import { askedUnits, clearedAt, clockOf, type DeskCase } from './desk-case.ts'
import { act, type CaseAction } from './person-action.ts'
import type { Context, Step } from './step.ts'
import { takeIncident, takeReport } from './take-incident.ts'
import { dueAt, takeDue, tend } from './tend.ts'

// Whatever the engine, callers, people and time do to one lift in whatever order, these things hold.

/** Level 2 asks both stations. */
const at = (now: number, by?: string, more: Partial<Context> = {}): Context =>
  atOne(now, by, { settings: { ...settings, stationsAsked: 2 }, ...more })

type Event =
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

const event: fc.Arbitrary<Event> = fc.oneof(
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
type Judge = (before: DeskCase | undefined, step: Step, by: Event['type'], atDesk: boolean) => void

/** One lift's cases, and what happens to each of them. */
class Lift {
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

function judged(judge: Judge) {
  return fc.property(fc.array(event, { maxLength: 40 }), (events) => {
    const lift = new Lift(judge)
    for (const one of events) lift.happen(one)
  })
}
const runs = { numRuns: 500 }

test('a life-safety case waits under exactly the clock of its state, any other case under none', () => {
  const check = judged((_, { rescue }) => {
    const { acceptBy, arriveBy } = viewOf(rescue, []).deadlines
    const { state } = rescue.progress
    expect(acceptBy !== undefined).toBe(rescue.lifeSafety && state === 'assigned')
    expect(arriveBy !== undefined).toBe(rescue.lifeSafety && (state === 'accepted' || state === 'departed'))
  })
  fc.assert(check, runs)
})

test('an open life-safety case always has somebody assigned to it', () => {
  const check = judged((_, { rescue }) => {
    if (rescue.lifeSafety && rescue.progress.state !== 'closed') {
      expect(rescue.progress.state).not.toBe('received')
      if (clockOf(rescue) !== undefined) expect(rescue.progress.level).toBeGreaterThan(0)
    }
  })
  fc.assert(check, runs)
})

test('only a person lowers a level', () => {
  const check = judged((before, { rescue }, by) => {
    if (by !== 'action') expect(rescue.progress.level).toBeGreaterThanOrEqual(before?.progress.level ?? 0)
  })
  fc.assert(check, runs)
})

test('closed is final', () => {
  const check = judged((before, { rescue }) => {
    if (before?.progress.state === 'closed') expect(rescue.progress).toEqual(before.progress)
  })
  fc.assert(check, runs)
})

test('telemetry and time never close a case of life safety', () => {
  const check = judged((before, { rescue }, by) => {
    const closing = rescue.progress.state === 'closed' && before?.progress.state !== 'closed'
    if (!closing || by === 'action') return
    const { outcome } = rescue.progress
    expect(outcome.kind === 'late' || (!rescue.lifeSafety && clearedAt(rescue) !== undefined)).toBe(true)
  })
  fc.assert(check, runs)
})

test('a unit is paged exactly when the case becomes its', () => {
  const check = judged((_, { entries, notices }) => {
    const assigned = entries.filter(({ what }) => what === 'assigned')
    const pages = notices.filter(({ about, notSent }) => about === 'assigned' && notSent === undefined)
    expect(pages.map(({ level, unitId }) => ({ level, unitId }))).toEqual(
      assigned.flatMap(({ details: { level, unitId, alsoAsked = [] } }) =>
        [unitId, ...(alsoAsked as string[])].map((one) => ({ level, unitId: one })),
      ),
    )
    for (const { unitId } of pages) expect(roster.units.has(unitId ?? '')).toBe(true)
  })
  fc.assert(check, runs)
})

test('whoever was asked and has the case no more is told so, exactly once', () => {
  const check = judged((before, { rescue, notices }) => {
    const [was, is] = [before === undefined ? [] : askedUnits(before), askedUnits(rescue)]
    const over = before?.progress.state !== 'closed' && rescue.progress.state === 'closed'
    const told = notices.filter(({ about }) => about === 'moved_on' || about === 'ended').map(({ unitId }) => unitId)
    expect(told.toSorted()).toEqual(was.filter((id) => over || !is.includes(id)).toSorted())
  })
  fc.assert(check, runs)
})

test('whoever may be shut in is to be called back within five minutes until all are freed', () => {
  const check = judged((_, { rescue, entries }) => {
    const { state } = rescue.progress
    const shutIn =
      (rescue.trapped ?? 0) > 0 || rescue.rules.some((one) => one === 'entrapment' || one === 'alarm_button')
    const over = state === 'freed' || state === 'closed'
    expect(rescue.callBack !== undefined).toBe(rescue.lifeSafety && shutIn && !over)
    const now = entries.at(-1)?.at ?? 0
    if (rescue.callBack !== undefined) expect(rescue.callBack.dueAt).toBeLessThanOrEqual(now + 300_000)
  })
  fc.assert(check, runs)
})

test('a case of life safety waits for the desk until a person there acts, and the supervisor is told once', () => {
  const waits = (rescue: DeskCase) => viewOf(rescue, []).deadlines.ackBy !== undefined
  const check = judged((before, { rescue, entries, notices }, _, atDesk) => {
    if (atDesk) expect(waits(rescue)).toBe(false)
    else if (before?.lifeSafety === true) expect(waits(rescue)).toBe(waits(before))
    else expect(waits(rescue)).toBe(rescue.lifeSafety && rescue.progress.state !== 'closed')
    const told = entries.filter(({ what }) => what === 'unacknowledged')
    expect(notices.filter(({ to }) => to === 'supervisor')).toHaveLength(told.length)
    if (told.length === 0) return
    expect(told).toMatchObject([{ details: { by: before?.acknowledgement?.dueAt } }])
    expect(rescue.acknowledgement?.dueAt).toBeUndefined()
  })
  fc.assert(check, runs)
})

test('what presses most comes first, and 119 and 120 are proposed for it once', () => {
  const check = judged((before, { rescue, entries }) => {
    const { condition, trapped = 0, lifeSafety, proposals } = rescue
    const pressing = condition.injured || condition.heat || condition.medical || trapped >= 3
    expect(rescue.priority === 1).toBe(lifeSafety && pressing)
    expect(rescue.priority <= 2).toBe(lifeSafety)
    for (const { service, state } of proposals) {
      const was = before?.proposals.find((one) => one.service === service)
      if (was?.state === 'confirmed') expect(state).toBe('confirmed')
      if (was === undefined) expect(entries.filter(({ what }) => what === 'proposed').length).toBeGreaterThan(0)
    }
    const open = rescue.progress.state !== 'closed' && rescue.progress.state !== 'freed'
    if (lifeSafety && open && (condition.injured || condition.medical)) {
      expect(proposals.some(({ service }) => service === '120')).toBe(true)
    }
  })
  fc.assert(check, runs)
})

test('no clock that is due is left running', () => {
  const check = judged((_, { rescue, entries }, by) => {
    if (by === 'time') expect(dueAt(rescue) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(entries.at(-1)?.at ?? 0)
  })
  fc.assert(check, runs)
})

test('the engine’s word told twice is the engine’s word told once', () => {
  const check = fc.property(fc.array(event, { maxLength: 30 }), (events) => {
    const once = new Lift(() => undefined)
    const twice = new Lift(() => undefined)
    for (const one of events) {
      once.happen(one)
      twice.happen(one)
      if (one.type === 'incident') twice.happen(one)
    }
    expect([...twice.cases]).toEqual([...once.cases])
  })
  fc.assert(check, runs)
})
