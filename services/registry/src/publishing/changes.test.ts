import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf } from './changes.ts'
import type { Published } from './published-bucket.ts'

const published = (values: Record<string, unknown>, at = 1_000) =>
  new Map(
    Object.entries(values).map(([key, value]): [string, Published<unknown>] => [
      key,
      { value, text: JSON.stringify(value), at },
    ]),
  )
const wanted = (values: Record<string, unknown>) => new Map(Object.entries(values))

test('what is new or other is written, what is gone is deleted, what is the same is left', () => {
  const changes = changesOf(
    wanted({ same: [1], other: { a: 2 }, fresh: 3 }),
    published({ same: [1], other: { a: 1 }, gone: 4 }),
  )
  expect(changes).toEqual({
    put: [
      ['other', { a: 2 }],
      ['fresh', 3],
    ],
    remove: ['gone'],
  })
})

test('what was written before a time is written again though it is the same', () => {
  expect(changesOf(wanted({ a: 1 }), published({ a: 1 }, 1_000), 1_000).put).toEqual([])
  expect(changesOf(wanted({ a: 1 }), published({ a: 1 }, 999), 1_000).put).toEqual([['a', 1]])
})

test('after the changes are made there are none', () => {
  const state = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof(fc.nat(3), fc.array(fc.nat(2))))
  fc.assert(
    fc.property(state, state, (before, after) => {
      const stands = published(before)
      const { put, remove } = changesOf(wanted(after), stands)
      for (const key of remove) stands.delete(key)
      for (const [key, value] of put) stands.set(key, { value, text: JSON.stringify(value), at: 2_000 })
      expect(new Map([...stands].map(([key, { value }]) => [key, value]))).toEqual(wanted(after))
      expect(changesOf(wanted(after), stands)).toEqual({ put: [], remove: [] })
    }),
  )
})
