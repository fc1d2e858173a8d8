import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fairShare } from './fair-share.ts'

test('shares add up to all items and differ by one at most, in whatever order the members are named', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(names, fc.nat(200), (members, count) => {
      const shares = members.map((name) => fairShare(name, members, count))
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count)
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      expect(members.map((name) => fairShare(name, members.toReversed(), count))).toEqual(shares)
    }),
  )
})

test('who is not a member has no share', () => {
  expect(fairShare('c', ['a', 'b'], 8)).toBe(0)
})
