import { expect, test } from 'vitest'
import { type Deed, Outbox, pauseAfter, sentBy, stateAfter } from './outbox.ts'

const deed = (key: string, action: Deed['action']): Deed => ({ key, action, body: '{}' })

test('what was done is kept in its order until the desk has answered', () => {
  const kept: (readonly Deed[])[] = []
  const outbox = new Outbox([deed('0', 'accept')], (deeds) => kept.push(deeds))
  outbox.add(deed('1', 'depart'))
  outbox.add(deed('2', 'arrive'))
  outbox.remove('0')
  expect(outbox.waiting.map(({ key }) => key)).toEqual(['1', '2'])
  expect(kept.at(-1)).toEqual(outbox.waiting)
})

test('of positions that wait only the last is sent, but none is taken back that may be on its way', () => {
  const outbox = new Outbox([], () => undefined)
  for (const key of ['1', '2', '3']) outbox.add(deed(key, 'position'))
  outbox.add(deed('4', 'arrive'))
  outbox.add(deed('5', 'position'))
  expect(outbox.waiting.map(({ key }) => key)).toEqual(['1', '4', '5'])
})

test('an answer that may pass is asked for again, a refusal is not', () => {
  expect([200, 409, 404, 422].map(sentBy)).toEqual(['done', 'refused', 'refused', 'refused'])
  expect([500, 503, 504, 429, 408].map(sentBy)).toEqual(Array(5).fill('later'))
  expect([1, 2, 3, 4, 5, 9].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
})

test('the page goes on with what is not sent yet, and a closed case stays closed', () => {
  expect(stateAfter('assigned', [deed('1', 'accept'), deed('2', 'position')])).toBe('accepted')
  expect(stateAfter('accepted', [deed('1', 'depart'), deed('2', 'arrive'), deed('3', 'photo')])).toBe('arrived')
  expect(stateAfter('departed', [])).toBe('departed')
  expect(stateAfter('closed', [deed('1', 'free')])).toBe('closed')
})
