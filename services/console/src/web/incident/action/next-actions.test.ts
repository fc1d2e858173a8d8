import { expect, test } from 'vitest'
import { rescueCase } from '../../testing/rescue-case.ts'
import { nextActions } from './next-actions.ts'

const of = (otherwise: Parameters<typeof rescueCase>[0]) => nextActions(rescueCase(otherwise), 'dispatcher')

test('the primary actions lead a rescue from the call to its closing', () => {
  const states = ['received', 'assigned', 'accepted', 'departed', 'arrived', 'freed', 'closed'] as const
  expect(states.map((state) => of({ state }).primary)).toEqual([
    'assign',
    'accept',
    'depart',
    'arrive',
    'free',
    'close',
    undefined,
  ])
})

test('where no life is at stake the scene leads straight to closing', () => {
  expect(of({ state: 'arrived', lifeSafety: false }).primary).toBe('close')
})

test('hold is offered only while a clock runs, escalation only below the last level', () => {
  expect(of({ state: 'assigned', deadlines: {} }).others).not.toContain('hold')
  expect(of({ state: 'assigned', deadlines: { acceptBy: 1 } }).others).toContain('hold')
  expect(of({ state: 'assigned', level: 2 }).others).toContain('escalate')
  expect(of({ state: 'assigned', level: 3 }).others).not.toContain('escalate')
})

test('only a case of several alarms can be split; every open one can be merged', () => {
  expect(of({ state: 'assigned', incidentIds: ['a'] }).others).not.toContain('split')
  expect(of({ state: 'assigned', incidentIds: ['a', 'b'] }).others).toContain('split')
  expect(of({ state: 'freed' }).others).toContain('merge')
})

test('a closed case takes notes and links, nothing else', () => {
  expect(of({ state: 'closed' }).others).toEqual(['note', 'link'])
})

test('a unit reports its own steps; a regulator looks on', () => {
  expect(nextActions(rescueCase({ state: 'assigned' }), 'maintenance')).toEqual({ primary: 'accept', others: ['note'] })
  expect(nextActions(rescueCase({ state: 'received' }), 'rescuer').primary).toBeUndefined()
  expect(nextActions(rescueCase({ state: 'assigned' }), 'regulator')).toEqual({ primary: undefined, others: [] })
})
