import { expect, test } from 'vitest'
import {
  at,
  device,
  doorFault,
  emptyRoster,
  heard,
  lift,
  ready,
  roster,
  settings,
  units,
  unitsById,
} from '../testing/lift-world.ts'
import type { DeskCase } from './desk-case.ts'
import { expire } from './escalation.ts'
import { openFromIncident } from './incident-event.ts'
import { act, type CaseAction } from './person-action.ts'
import { rosterOf } from './rescue-level.ts'
import type { Step } from './step.ts'

const t0 = 2_000_000
const accept: CaseAction = { action: 'accept', body: {} }
const opened = (more = {}): Step => openFromIncident('c', heard('i', 1), { ...device, ...more }, at(t0, 'engine'))

/** The step at the time the case's clock is due. */
function whenDue(rescue: DeskCase, context = {}): Step {
  const { progress } = rescue
  if (!('clock' in progress) || progress.clock === undefined) throw new Error(`no clock in ${progress.state}`)
  const { dueAt } = progress.clock
  expect(expire(rescue, at(dueAt - 1, 'system', context))).toBeUndefined()
  const step = expire(rescue, at(dueAt, 'system', context))
  if (step === undefined) throw new Error('nothing was due')
  return step
}

const done = (rescue: DeskCase, action: CaseAction, now = t0): DeskCase => {
  const step = act(rescue, action, at(now, 'li'))
  if (step === undefined) throw new Error(`${action.action} changed nothing`)
  return step.rescue
}

test('a life-safety case is given to the maintenance unit at once, which has three minutes to accept', () => {
  const { rescue, entries, notices } = opened()
  expect(rescue.progress).toEqual({
    state: 'assigned',
    level: 1,
    assignedTo: 'unit-lift',
    clock: { by: t0 + 180_000, dueAt: t0 + 180_000 },
  })
  expect(entries.map(({ what }) => what)).toEqual(['opened', 'assigned'])
  expect(notices).toEqual([{ to: 'unit', about: 'assigned', level: 1, unitId: 'unit-lift' }])
})

test('silence takes a case to the nearest station, then to fire, each with its own time to accept', () => {
  const second = whenDue(opened().rescue)
  expect(second.rescue.progress).toMatchObject({ state: 'assigned', level: 2, assignedTo: 'station-near' })
  expect(second.entries).toMatchObject([
    { by: 'system', what: 'escalated', details: { from: 1, unitId: 'unit-lift', reason: 'no acceptance in time' } },
    { what: 'assigned', details: { level: 2, unitId: 'station-near', acceptBy: t0 + 360_000 } },
  ])
  const third = whenDue(second.rescue)
  expect(third.rescue.progress).toMatchObject({ level: 3, assignedTo: 'fire-1' })
  expect([second.notices, third.notices].flat().map(({ about, unitId }) => `${about} ${unitId}`)).toEqual([
    ...['moved_on unit-lift', 'assigned station-near'],
    ...['moved_on station-near', 'assigned fire-1'],
  ])
})

test('where the practice is to ask several stations, the first to accept has the case and the others are stood down', () => {
  const several = { settings: { ...settings, stationsAsked: 2 } }
  const second = whenDue(opened().rescue, several)
  const asked = { level: 2, assignedTo: 'station-near', alsoAsked: ['station-far'] }
  expect(second.rescue.progress).toMatchObject({ state: 'assigned', ...asked })
  expect(second.notices.map(({ about, unitId }) => `${about} ${unitId}`)).toEqual([
    ...['moved_on unit-lift', 'assigned station-near', 'assigned station-far'],
  ])
  const by = (unitId: string) => at(t0 + 200_000, `crew ${unitId}`, { ...several, unitId })
  expect(() => act(second.rescue, accept, by('unit-lift'))).toThrow(/station-near at level 2/)
  const taken = act(second.rescue, accept, by('station-far'))
  expect(taken?.rescue.progress).toMatchObject({ state: 'accepted', level: 2, assignedTo: 'station-far' })
  expect(taken?.rescue.progress).not.toHaveProperty('alsoAsked')
  expect(taken?.entries.map(({ what, details }) => `${what} ${details.unitId ?? details.assignedTo}`)).toEqual([
    ...['stood_down station-near', 'accepted station-far'],
  ])
  expect(taken?.notices).toEqual([{ to: 'unit', about: 'moved_on', level: 2, unitId: 'station-near' }])
  expect(() => taken && act(taken.rescue, accept, by('station-near'))).toThrow(/with station-far/)
  // Nobody accepts: the case has moved on for all of them; it ends: all of them are told.
  const ways = [
    whenDue(second.rescue, several),
    act(second.rescue, { action: 'false-alarm', body: { reason: 'x' } }, at(t0, 'li')),
  ]
  for (const [n, about] of (['moved_on', 'ended'] as const).entries()) {
    expect(ways[n]?.notices.filter((notice) => notice.about === about).map(({ unitId }) => unitId)).toEqual([
      ...['station-near', 'station-far'],
    ])
  }
})

test('at level 3 the desk is reminded every ackSeconds until somebody accepts', () => {
  const third = whenDue(whenDue(opened().rescue).rescue).rescue
  const first = whenDue(third)
  const next = whenDue(first.rescue)
  expect(next.entries).toMatchObject([{ what: 'reminder', details: { awaits: 'acceptance', unitId: 'fire-1' } }])
  expect([first, next].map(({ entries }) => entries[0]?.at)).toEqual([t0 + 420_000, t0 + 480_000])
  expect(next.rescue.progress).toMatchObject({ state: 'assigned', level: 3, clock: { by: t0 + 3 * 180_000 } })
  expect(expire(done(next.rescue, accept, t0 + 600_000), at(t0 + 600_001))).toBeUndefined()
})

test('acceptance starts the arrival clock, the longer one outside the built-up area', () => {
  expect(done(opened().rescue, accept).progress).toMatchObject({ clock: { by: t0 + 1_800_000 } })
  expect(done(opened({ rural: true }).rescue, accept).progress).toMatchObject({ clock: { by: t0 + 3_600_000 } })
})

test('whoever does not arrive in time is named in the timeline when the next level is called', () => {
  const departed = done(done(opened().rescue, accept), { action: 'depart', body: {} })
  const step = whenDue(departed)
  expect(step.rescue.progress).toMatchObject({ state: 'assigned', level: 2, assignedTo: 'station-near' })
  expect(step.entries[0]).toMatchObject({
    what: 'escalated',
    details: { from: 1, unitId: 'unit-lift', state: 'departed', reason: 'no arrival in time' },
  })
})

test('a level 3 unit that does not arrive is asked for again and again, and stays the one on its way', () => {
  const third = done(whenDue(whenDue(opened().rescue).rescue).rescue, accept, t0 + 500_000)
  const reminded = whenDue(whenDue(third).rescue)
  expect(reminded.entries).toMatchObject([{ what: 'reminder', details: { awaits: 'arrival' } }])
  expect(reminded.rescue.progress).toMatchObject({ state: 'accepted', level: 3, assignedTo: 'fire-1' })
})

test('a level without a unit is skipped at once, and says so', () => {
  const noStation = rosterOf(lift, new Map(units.filter(({ kind }) => kind !== 'station').map((u) => [u.id, u])), ready)
  const step = whenDue(opened().rescue, { roster: noStation })
  expect(step.entries.map(({ what, details }) => [what, details.level])).toEqual([
    ['escalated', undefined],
    ['skipped', 2],
    ['assigned', 3],
  ])
  expect(step.rescue.progress).toMatchObject({ level: 3, assignedTo: 'fire-1' })
})

test('who is off duty is passed over, with a record that nobody was told and why', () => {
  const offDuty = new Set(['unit-lift', 'station-near', 'fire-1'])
  const night = at(t0, 'engine', { roster: rosterOf(lift, unitsById, { ...ready, offDuty }) })
  const { rescue, entries, notices } = openFromIncident('c', heard('i', 1), device, night)
  expect(rescue.progress).toMatchObject({ level: 2, assignedTo: 'station-far' })
  expect(entries).toMatchObject([
    { what: 'opened' },
    { what: 'skipped', details: { level: 1, reason: 'nobody is on duty at this level' } },
    { what: 'assigned', details: { etaSeconds: expect.any(Number) } },
  ])
  expect(notices).toEqual([
    { to: 'unit', about: 'assigned', level: 1, unitId: 'unit-lift', notSent: 'off duty' },
    { to: 'unit', about: 'assigned', level: 2, unitId: 'station-near', notSent: 'off duty' },
    { to: 'unit', about: 'assigned', level: 2, unitId: 'station-far' },
  ])
  expect(whenDue(rescue, { roster: night.roster }).rescue.progress).toMatchObject({ level: 3, assignedTo: 'fire-1' })
})

test('where no unit at all is registered the desk is left with 119 and is reminded', () => {
  const nobody = at(t0, 'engine', { roster: emptyRoster })
  const { rescue, notices } = openFromIncident('c', heard('i', 1), device, nobody)
  expect(rescue.progress).toMatchObject({ state: 'assigned', level: 3 })
  expect(rescue.progress.assignedTo).toBeUndefined()
  expect(notices).toEqual([
    ...[1, 2].map((level) => ({
      ...{ to: 'unit', about: 'assigned', level },
      notSent: 'no unit is registered at this level',
    })),
    { to: '119', about: 'assigned', level: 3 },
  ])
  expect(whenDue(rescue).entries).toMatchObject([{ what: 'reminder' }])
})

test('hold postpones the next step by its minutes and moves the deadline people see', () => {
  const held = done(opened().rescue, { action: 'hold', body: { minutes: 10, reason: '维保已在楼下' } })
  expect(held.progress).toMatchObject({
    clock: { by: t0 + 780_000, dueAt: t0 + 780_000, heldUntil: t0 + 780_000 },
  })
  expect(whenDue(held).rescue.progress).toMatchObject({ level: 2 })
})

test('after hours of the desk being down one reminder is written, not one for each that was missed', () => {
  const third = whenDue(whenDue(opened().rescue).rescue).rescue
  const late = expire(third, at(t0 + 86_400_000))
  expect(late?.entries).toHaveLength(1)
  expect(late?.rescue.progress).toMatchObject({ clock: { dueAt: t0 + 86_460_000 } })
})

test('a case without danger to life has no clock, wherever it is assigned', () => {
  const { rescue } = openFromIncident('c', heard('i', 1, doorFault), device, at(t0, 'engine'))
  expect(rescue.progress).toEqual({ state: 'received', level: 0 })
  const assigned = done(rescue, { action: 'assign', body: { level: 1 } })
  expect(assigned.progress).toEqual({ state: 'assigned', level: 1, assignedTo: 'unit-lift' })
  expect(expire(assigned, at(t0 + 1e9, 'system', { roster }))).toBeUndefined()
})
