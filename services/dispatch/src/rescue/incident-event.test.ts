import type { Incident } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { at, device, doorFault, heard } from '../testing/lift-world.ts'
import { openFromReport } from './caller-report.ts'
import { clearedAt, type DeskCase } from './desk-case.ts'
import { joinIncident, openFromIncident, outgrows, takeRevision } from './incident-event.ts'
import { caseForIncident } from './joining.ts'
import { act, type CaseAction } from './person-action.ts'
import type { Step } from './step.ts'
import { takeIncident } from './take-incident.ts'

const t0 = 2_000_000
const warning = { rule: 'overspeed', severity: 'warning', lifeSafety: false } as const
const open = (data: Partial<Incident> = {}): Step =>
  openFromIncident('c', heard('i', 1, data), device, at(t0, 'engine'))
const whats = (step: Step | undefined) => step?.entries.map(({ what }) => what)

function revised(rescue: DeskCase, revision: number, data: Partial<Incident> = {}): Step {
  const step = takeRevision(rescue, heard('i', revision, data), at(t0 + revision, 'engine'))
  if (step === undefined) throw new Error(`revision ${revision} changed nothing`)
  return step
}

function done(rescue: DeskCase, action: CaseAction): DeskCase {
  const step = act(rescue, action, at(t0, 'li'))
  if (step === undefined) throw new Error(`${action.action} changed nothing`)
  return step.rescue
}

test('telemetry that clears a life-safety case is noted and leaves the case and its clock as they are', () => {
  const before = open().rescue
  const { rescue, entries } = revised(before, 2, { clearedAt: 1_900_000 })
  expect(rescue.progress).toEqual(before.progress)
  expect(clearedAt(rescue)).toBe(1_900_000)
  expect(entries).toMatchObject([{ by: 'engine', what: 'cleared', details: { clearedAt: 1_900_000 } }])
})

test('a case without danger to life closes itself when telemetry clears and nobody has touched it', () => {
  const { rescue, entries } = revised(open(doorFault).rescue, 2, { ...doorFault, clearedAt: 1_900_000 })
  expect(rescue.progress).toMatchObject({ state: 'closed', closedAt: t0 + 2, outcome: { kind: 'cleared' } })
  expect(entries.map(({ what }) => what)).toEqual(['cleared', 'closed'])
})

test('what a person has noted or taken is closed by a person only', () => {
  const noted = done(open(doorFault).rescue, { action: 'note', body: { text: '维保明早去' } })
  expect(revised(noted, 2, { ...doorFault, clearedAt: 1_900_000 }).rescue.progress.state).toBe('received')
  const accepted = done(open(doorFault).rescue, { action: 'accept', body: {} })
  expect(revised(accepted, 2, { ...doorFault, clearedAt: 1_900_000 }).rescue.progress.state).toBe('accepted')
})

test('a revision heard before, or older than one heard, changes nothing', () => {
  const { rescue } = revised(open(warning).rescue, 3, { ...warning, severity: 'major' })
  expect(takeRevision(rescue, heard('i', 3, warning), at(t0))).toBeUndefined()
  expect(takeRevision(rescue, heard('i', 2, { ...warning, clearedAt: 1 }), at(t0))).toBeUndefined()
})

test('a severity that rises to life safety starts the assignment', () => {
  const step = revised(open(warning).rescue, 2, { ...warning, severity: 'critical', lifeSafety: true })
  expect(whats(step)).toEqual(['updated', 'assigned'])
  expect(step.rescue).toMatchObject({ severity: 'critical', lifeSafety: true })
  expect(step.rescue.progress).toMatchObject({ state: 'assigned', level: 1, clock: { by: t0 + 2 + 180_000 } })
})

test('a severity that rises while a unit is on its way starts the arrival clock; nobody sent is somebody sent', () => {
  const critical = { ...warning, severity: 'critical', lifeSafety: true } as const
  const byUnit = done(done(open(warning).rescue, { action: 'assign', body: { level: 1 } }), {
    action: 'accept',
    body: {},
  })
  expect(revised(byUnit, 2, critical).rescue.progress).toMatchObject({
    state: 'accepted',
    clock: { by: t0 + 2 + 1_800_000 },
  })
  const byDesk = done(open(warning).rescue, { action: 'accept', body: {} })
  expect(revised(byDesk, 2, critical).rescue.progress).toMatchObject({ state: 'assigned', level: 1 })
})

test('severity follows the engine, but life safety once seen stays', () => {
  const calmer = revised(open({ ...warning, severity: 'major' }).rescue, 2, warning)
  expect(calmer.rescue.severity).toBe('warning')
  const after = revised(open().rescue, 2, { severity: 'warning', lifeSafety: false })
  expect(after.rescue).toMatchObject({ severity: 'critical', lifeSafety: true, progress: { state: 'assigned' } })
})

test('a late incident is recorded as closed and pages nobody, life safety or not', () => {
  const { rescue, notices } = open({ late: true, clearedAt: 1_500_000 })
  expect(rescue.progress).toEqual({ state: 'closed', level: 0, closedAt: t0, outcome: { kind: 'late' } })
  expect(notices).toEqual([{ to: 'unit', about: 'opened', notSent: 'over before the desk heard of it' }])
})

test('an incident first heard when it is over already is handled: life safety pages, the rest closes', () => {
  expect(open({ clearedAt: 1_950_000 }).rescue.progress).toMatchObject({ state: 'assigned', level: 1 })
  expect(whats(open({ ...doorFault, clearedAt: 1_950_000 }))).toEqual(['opened', 'cleared', 'closed'])
})

test('after a person closed the case further revisions only lengthen its timeline', () => {
  const closed = done(open().rescue, { action: 'false-alarm', body: { reason: '误报' } })
  const step = revised(closed, 2, { measured: { duration: 90 } })
  expect(step.rescue).toEqual({ ...closed, incidents: step.rescue.incidents })
  expect(whats(step)).toEqual(['updated'])
  expect(outgrows(closed, heard('i', 2))).toBe(false)
})

test('a closed case that was not of life safety is outgrown by its incident becoming so', () => {
  const closed = done(open(warning).rescue, { action: 'false-alarm', body: { reason: '误报' } })
  expect(outgrows(closed, heard('i', 2, warning))).toBe(false)
  expect(outgrows(closed, heard('i', 2, { ...warning, severity: 'critical', lifeSafety: true }))).toBe(true)
})

test('the alarm button and the entrapment of one car are one case, named after the entrapment', () => {
  const button = open({ rule: 'alarm_button', severity: 'major', measured: { pressed: true } }).rescue
  expect(caseForIncident([button], heard('j', 1).data)).toBe(button)
  const { rescue, entries, notices } = joinIncident(button, heard('j', 1), at(t0 + 5, 'engine'))
  expect(rescue).toMatchObject({ rule: 'entrapment', severity: 'critical', rules: ['alarm_button', 'entrapment'] })
  expect(rescue.measured).toEqual({ duration: 30 })
  expect(rescue.incidents.map(({ incidentId }) => incidentId)).toEqual(['i', 'j'])
  expect(rescue.progress).toEqual(button.progress)
  expect(entries.map(({ what }) => what)).toEqual(['joined'])
  expect(notices).toEqual([])
})

test('an alarm button that joins an entrapment leaves its name and what was measured', () => {
  const { rescue } = joinIncident(open().rescue, heard('j', 1, { rule: 'alarm_button', severity: 'major' }), at(t0))
  expect(rescue).toMatchObject({ rule: 'entrapment', severity: 'critical', measured: { duration: 30 } })
})

test('a joined case counts as cleared only when all of its episodes have ended', () => {
  const both = joinIncident(open().rescue, heard('j', 1, { rule: 'alarm_button' }), at(t0)).rescue
  const one = revised(both, 2, { clearedAt: 1_800_000 }).rescue
  expect(clearedAt(one)).toBeUndefined()
  const all = takeRevision(one, heard('j', 2, { rule: 'alarm_button', clearedAt: 1_900_000 }), at(t0))?.rescue
  expect(all && clearedAt(all)).toBe(1_900_000)
})

test('incidents of other kinds on the same device are cases of their own', () => {
  expect(caseForIncident([open().rescue], heard('j', 1, doorFault).data)).toBeUndefined()
  expect(caseForIncident([open(doorFault).rescue], heard('j', 1).data)).toBeUndefined()
  expect(caseForIncident([open({ late: true, clearedAt: 1 }).rescue], heard('j', 1).data)).toBeUndefined()
})

test('the engine joins what a caller reported, and gives it the measured values', () => {
  const { rescue } = openFromReport('c', { rule: 'entrapment', rescueCode: '100001' }, device, at(t0, 'wang'))
  const offline = { rule: 'offline', severity: 'warning', lifeSafety: false } as const
  expect(caseForIncident([rescue], heard('j', 1, offline).data)).toBeUndefined()
  expect(caseForIncident([rescue], heard('j', 1).data)).toBe(rescue)
  const joined = joinIncident(rescue, heard('j', 1), at(t0 + 5, 'engine')).rescue
  expect(joined).toMatchObject({ id: 'c', measured: { duration: 30 }, confidence: 'confirmed' })
  expect(joined.progress).toEqual(rescue.progress)
})

test('an incident of life safety that joins a caller’s lesser trouble takes its name and starts the rescue', () => {
  const { rescue } = openFromReport('c', { rule: 'door_fault', deviceId: 'lift-1' }, device, at(t0, 'wang'))
  const step = joinIncident(rescue, heard('j', 1), at(t0 + 5, 'engine'))
  expect(step.rescue).toMatchObject({ rule: 'entrapment', lifeSafety: true, progress: { state: 'assigned', level: 1 } })
  expect(whats(step)).toEqual(['joined', 'assigned'])
})

test('an incident that joins after all were freed pages the same unit again', () => {
  const freed = done(done(open().rescue, { action: 'accept', body: {} }), { action: 'free', body: { freed: 2 } })
  const step = joinIncident(freed, heard('j', 1), at(t0 + 5, 'engine'))
  expect(step.rescue.progress).toMatchObject({ state: 'assigned', level: 1, assignedTo: 'unit-lift' })
  expect(step.notices).toEqual([{ to: 'unit', about: 'assigned', level: 1, unitId: 'unit-lift' }])
})

test('what goes on after its case was closed concerns the case that was opened since', () => {
  const closed = done(open().rescue, { action: 'close', body: { freed: 0, injured: 0, cause: 'other' } })
  const again = openFromReport('d', { rule: 'entrapment', deviceId: 'lift-1' }, device, at(t0 + 9, 'wang')).rescue
  const update = heard('i', 2)
  const beginning = { id: 'e', device }
  expect(takeIncident(closed, [again], update, beginning, at(t0 + 10, 'engine'))?.rescue.id).toBe('d')
  expect(takeIncident(closed, [], update, beginning, at(t0 + 10, 'engine'))?.rescue.id).toBe(closed.id)
  const over = heard('i', 2, { clearedAt: 1_500_000 })
  expect(takeIncident(closed, [again], over, beginning, at(t0 + 10, 'engine'))?.rescue.id).toBe(closed.id)
})
