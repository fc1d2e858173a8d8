import { expect, test } from 'vitest'
import { GuessBackOff } from './guess-back-off.ts'

const limits = { freePair: 3, freeUser: 10, freeAddress: 30, firstPauseMs: 100, longestPauseMs: 5_000 }
const here = '192.0.2.1'

/** Delays of `count` wrong guesses, each made when the one before was answered. */
function guess(backOff: GuessBackOff, count: number, address: (i: number) => string, username: (i: number) => string) {
  let now = 0
  const delays = Array.from({ length: count }, (_, i) => {
    const delay = backOff.delay(address(i), username(i), false, now)
    now += delay
    return delay
  })
  return { delays, now }
}

test('three guesses at a name from an address are free, each further one takes twice as long, up to five seconds', () => {
  const { delays } = guess(
    new GuessBackOff(limits),
    12,
    () => here,
    () => 'EL-1',
  )
  expect(delays).toEqual([0, 0, 0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000])
})

test('guesses at one name from many addresses, and at many names from one, are slowed too', () => {
  const many = guess(
    new GuessBackOff(limits),
    20,
    (i) => `192.0.2.${i}`,
    () => 'EL-1',
  ).delays
  const names = guess(
    new GuessBackOff(limits),
    50,
    () => here,
    (i) => `EL-${i}`,
  ).delays
  expect([many[9], many[10], many.at(-1)]).toEqual([0, 100, 5_000])
  expect([names[29], names[30], names.at(-1)]).toEqual([0, 100, 5_000])
})

test('guesses at the same moment are answered one after the other', () => {
  const backOff = new GuessBackOff(limits)
  const delays = Array.from({ length: 6 }, () => backOff.delay(here, 'EL-1', false, 0))
  expect(delays).toEqual([0, 0, 0, 100, 300, 700])
})

test('the right secret waits only where it was guessed at from the same address, and begins the count anew', () => {
  const backOff = new GuessBackOff(limits)
  for (let i = 0; i < 8; i++) backOff.delay(here, 'EL-1', false, 0)
  expect(backOff.delay('192.0.2.2', 'EL-1', true, 0)).toBe(0)
  expect(backOff.delay(here, 'EL-2', true, 0)).toBe(0)
  expect(backOff.delay(here, 'EL-1', true, 0)).toBeGreaterThan(0)
  expect(backOff.delay(here, 'EL-1', true, 0)).toBe(0)
})

test('a quarter of an hour without a guess begins the count anew', () => {
  const backOff = new GuessBackOff(limits)
  for (let i = 0; i < 8; i++) backOff.delay(here, 'EL-1', false, 0)
  expect(backOff.delay(here, 'EL-1', false, 16 * 60_000)).toBe(0)
})
