import { expect, test } from 'vitest'
import { rescueCase } from '../testing/rescue-case.ts'
import { type CaseBook, openCases, takeCases, takeOpenList } from './case-book.ts'

const entry = { at: 1, by: 'system', what: 'assigned', details: {} }
const early = rescueCase({ id: 'a', state: 'assigned', timeline: [entry] })
const later = rescueCase({ id: 'a', state: 'accepted', timeline: [entry, entry] })
const other = rescueCase({ id: 'b', timeline: [entry] })
const bookOf = (...cases: (typeof early)[]): CaseBook => new Map(cases.map((rescue) => [rescue.id, rescue]))

test('older news of a case never replaces newer', () => {
  expect(takeCases(bookOf(early), [later]).get('a')).toBe(later)
  expect(takeCases(bookOf(later), [early]).get('a')).toBe(later)
})

test('a case that is missing from the list of open ones is open no more', () => {
  const before = bookOf(early, other)
  expect([...takeOpenList(before, before, [other]).keys()]).toEqual(['b'])
})

test('a case that the stream brought while the list was read stays', () => {
  const before = bookOf(other)
  const now = takeCases(before, [early])
  expect([...takeOpenList(now, before, [other]).keys()].toSorted()).toEqual(['a', 'b'])
})

test('closed cases stay in the book and out of the open ones', () => {
  const closed = rescueCase({ id: 'c', state: 'closed' })
  const before = bookOf(closed, early)
  const book = takeOpenList(before, before, [early])
  expect(book.size).toBe(2)
  expect(openCases(book)).toEqual([early])
})
