import { expect, test } from 'vitest'
import { OneByOne } from './one-by-one.ts'
import { SignInBackOff } from './sign-in-back-off.ts'

const who = 'dispatcher from 192.0.2.1'

function afterTries(count: number): { backOff: SignInBackOff; now: number } {
  const backOff = new SignInBackOff()
  let now = 1_000_000
  for (let i = 0; i < count; i++) {
    const wait = backOff.ask(who, now)
    now += wait * 1000
    if (wait > 0) expect(backOff.ask(who, now)).toBe(0)
  }
  return { backOff, now }
}

test('five tries are free, the sixth waits a second, each further one twice as long, up to a minute', () => {
  const waits = [5, 6, 7, 8, 9, 10, 11, 12, 13].map((count) => {
    const { backOff, now } = afterTries(count)
    return backOff.ask(who, now)
  })
  expect(afterTries(4).backOff.ask(who, 1_000_000)).toBe(0)
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
})

test('tries at the same moment are counted as failed before any is known to be', () => {
  const backOff = new SignInBackOff()
  const waits = Array.from({ length: 7 }, () => backOff.ask(who, 0))
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 1])
})

test('another name, and the same name from elsewhere, waits for nothing', () => {
  const { backOff, now } = afterTries(8)
  expect(backOff.ask('supervisor from 192.0.2.1', now)).toBe(0)
  expect(backOff.ask('dispatcher from 192.0.2.2', now)).toBe(0)
})

test('a good sign-in, and a quarter of an hour without a try, begin the count anew', () => {
  const { backOff, now } = afterTries(8)
  expect(backOff.ask(who, now)).toBeGreaterThan(0)
  expect(backOff.ask(who, now + 16 * 60_000)).toBe(0)
  expect(backOff.ask(who, now + 16 * 60_000)).toBe(0)
  const other = afterTries(8)
  other.backOff.succeeded(who)
  expect(other.backOff.ask(who, other.now)).toBe(0)
})

test('tries that come at once stand in line, so that each knows how those before it ended', async () => {
  const backOff = new SignInBackOff()
  const tries = new OneByOne()
  const signIn = (good: boolean) =>
    tries.run(who, async () => {
      const wait = backOff.ask(who, 0)
      await Promise.resolve()
      if (good && wait === 0) backOff.succeeded(who)
      return wait
    })
  expect(await Promise.all(Array.from({ length: 30 }, () => signIn(true)))).toEqual(new Array(30).fill(0))
  expect(await Promise.all(Array.from({ length: 7 }, () => signIn(false)))).toEqual([0, 0, 0, 0, 0, 1, 1])
  expect(await Promise.all(Array.from({ length: 101 }, () => signIn(true)))).toContain(undefined)
})
