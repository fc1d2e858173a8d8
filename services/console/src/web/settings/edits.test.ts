import { expect, test } from 'vitest'
import { changesOf, countOf, editKey, numberTyped } from './edits.ts'

test('only what differs from what is in force is a change', () => {
  const inForce = { entrapment: { outsideZoneSeconds: 30, atLevelSeconds: 40 }, offline: { missedIntervals: 3 } }
  const edits = new Map([
    [editKey('entrapment', 'outsideZoneSeconds'), '20'],
    [editKey('entrapment', 'atLevelSeconds'), '40'],
    [editKey('offline', 'missedIntervals'), '4'],
  ])
  const changes = changesOf(edits, inForce)
  expect(changes).toEqual({ entrapment: { outsideZoneSeconds: 20 }, offline: { missedIntervals: 4 } })
  expect(countOf(changes ?? {})).toBe(2)
})

test('what is no number is no change that could be saved', () => {
  expect(changesOf(new Map([[editKey('a', 'b'), 'x']]), {})).toBeUndefined()
  expect(['', ' ', '1e', 'Infinity', '1.5', ' 2 '].map(numberTyped)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    1.5,
    2,
  ])
})
