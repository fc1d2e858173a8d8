import fc from 'fast-check'
import { expect, test } from 'vitest'
import { event, judged, Lift, runs } from '../testing/lift-history.ts'
import { roster } from '../testing/lift-world.ts'
import { viewOf } from './case-view.ts'
import { askedUnits, clearedAt, clockOf, type DeskCase } from './desk-case.ts'
import { dueAt } from './tend.ts'

// Whatever the engine, callers, people and time do to one lift in whatever order, these things hold.

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
    const over = before?.progress.state !== 'closed' && rescue.progress.state === 'closed'
    // Of the end fire hears as everybody outside does.
    const [was, is] = [before === undefined ? [] : askedUnits(before), askedUnits(rescue)]
    const gone = was.filter((id) => (over ? before?.progress.level !== 3 : !is.includes(id)))
    const told = notices.filter(({ to, about }) => about === 'moved_on' || (to === 'unit' && about === 'ended'))
    expect(told.map(({ unitId }) => unitId).toSorted()).toEqual(gone.toSorted())
  })
  fc.assert(check, runs)
})

test('119 and 120 are told of the end exactly where they were told of the case', () => {
  const told = new Map<string, Set<string>>()
  const check = fc.property(fc.array(event, { maxLength: 40 }), (events) => {
    told.clear()
    const lift = new Lift((_, { rescue, notices }) => {
      const known = told.get(rescue.id) ?? new Set()
      told.set(rescue.id, known)
      const outside = notices.filter(({ to, notSent }) => (to === '119' || to === '120') && notSent === undefined)
      for (const { to, about } of outside) if (about !== 'ended') known.add(to)
      const ends = outside.filter(({ about }) => about === 'ended').map(({ to }) => to)
      expect(ends.toSorted()).toEqual(rescue.progress.state === 'closed' ? [...known].toSorted() : [])
      for (const to of ends) known.delete(to)
    })
    for (const one of events) lift.happen(one)
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
