import type { Report } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { at, device, doorFault, heard } from '../testing/lift-world.ts'
import { joinReport, openFromReport } from './caller-report.ts'
import { openFromIncident } from './incident-event.ts'
import { caseForReport } from './joining.ts'
import { act } from './person-action.ts'

const t0 = 2_000_000
const report: Report = {
  rule: 'entrapment',
  rescueCode: '100001',
  callerPhone: '13800000000',
  trapped: 2,
  text: '灯灭了',
}
const open = (changes: Partial<Report> = {}) => openFromReport('c', { ...report, ...changes }, device, at(t0, 'wang'))

test('a caller’s entrapment is confirmed, critical and assigned at once', () => {
  const { rescue, entries } = open()
  expect(rescue).toMatchObject({
    confidence: 'confirmed',
    severity: 'critical',
    lifeSafety: true,
    callerPhone: '13800000000',
    trapped: 2,
    openedAt: t0,
    progress: { state: 'assigned', level: 1, assignedTo: 'unit-lift' },
  })
  expect(entries[0]).toEqual({
    at: t0,
    by: 'wang',
    what: 'reported',
    details: { rule: 'entrapment', callerPhone: '13800000000', trapped: 2, text: '灯灭了' },
  })
})

test('a caller’s door fault waits, unless somebody is trapped', () => {
  expect(open({ rule: 'door_fault', trapped: 0 }).rescue.progress.state).toBe('received')
  expect(open({ rule: 'door_fault', trapped: 1 }).rescue).toMatchObject({
    lifeSafety: true,
    progress: { state: 'assigned' },
  })
})

test('a report joins the device’s open life-safety case, or its open case of the same rule', () => {
  const entrapment = openFromIncident('e', heard('i', 1), device, at(t0)).rescue
  const door = openFromIncident('d', heard('j', 1, doorFault), device, at(t0 + 1)).rescue
  expect(caseForReport([door, entrapment], { rule: 'entrapment' })).toBe(entrapment)
  expect(caseForReport([door, entrapment], { rule: 'door_fault' })).toBe(door)
  expect(caseForReport([door, entrapment], { rule: 'offline' })).toBe(entrapment)
  expect(caseForReport([door], { rule: 'entrapment' })).toBeUndefined()
})

test('a report that joins adds the caller and moves no clock', () => {
  const before = openFromIncident('e', heard('i', 1, { rule: 'alarm_button' }), device, at(t0)).rescue
  const { rescue, entries, notices } = joinReport(before, report, at(t0 + 60_000, 'wang'))
  expect(rescue).toMatchObject({ rule: 'entrapment', callerPhone: '13800000000', trapped: 2 })
  expect(rescue.progress).toEqual(before.progress)
  expect([entries.map(({ what }) => what), notices]).toEqual([['reported'], []])
})

test('a second caller without a number does not wipe out the first one’s', () => {
  const { rescue } = joinReport(open().rescue, { rule: 'entrapment', deviceId: 'lift-1' }, at(t0 + 1, 'wang'))
  expect(rescue).toMatchObject({ callerPhone: '13800000000', trapped: 2 })
})

test('a report that somebody is trapped turns a door fault into a rescue', () => {
  const before = openFromIncident('d', heard('j', 1, doorFault), device, at(t0)).rescue
  const { rescue } = joinReport(before, { ...report, rule: 'door_fault' }, at(t0 + 1, 'wang'))
  expect(rescue).toMatchObject({ lifeSafety: true, severity: 'critical', progress: { state: 'assigned', level: 1 } })
})

test('a call after all were freed pages again', () => {
  const accepted = act(open().rescue, { action: 'accept', body: {} }, at(t0, 'li'))?.rescue
  const freed = accepted && act(accepted, { action: 'free', body: { freed: 2 } }, at(t0, 'li'))?.rescue
  const again = freed && joinReport(freed, report, at(t0 + 1, 'wang'))
  expect(again?.rescue.progress).toMatchObject({ state: 'assigned', level: 1 })
})
