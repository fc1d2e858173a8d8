import { afterAll, beforeAll, expect, test } from 'vitest'
import { Adversary } from './adversary.ts'
import { planOf } from './plan.ts'

let adversary: Adversary

beforeAll(async () => {
  adversary = await Adversary.start()
}, 300_000)

afterAll(async () => adversary?.end(true), 60_000)

// Both broke guarantees once: an engine waited for a lost snapshot, and good frames were taken for bad ones.
test.each([1, 5])(
  'seed %i of the adversary breaks no guarantee',
  async (seed) => {
    expect((await adversary.run(planOf(seed))).broken).toEqual([])
  },
  600_000,
)

test('a seed does the same each time', () => {
  expect(planOf(7)).toEqual(planOf(7))
  expect(planOf(7)).not.toEqual(planOf(8))
})
