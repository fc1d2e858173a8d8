import { expect, test } from 'vitest'
import { rescuePlan } from './rescue-plan.ts'

const plans = Array.from({ length: 4_000 }, (_, n) => rescuePlan(7, `lift-${n}`, 'unit'))
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

test('a plan follows from the seed, the lift and the unit alone', () => {
  expect(rescuePlan(7, 'lift-3', 'unit')).toEqual(plans[3])
  expect(rescuePlan(8, 'lift-3', 'unit')).not.toEqual(plans[3])
  expect(rescuePlan(7, 'lift-3', 'other')).not.toEqual(plans[3])
})

test('a night of them looks as cities publish theirs', () => {
  const answering = plans.filter(({ answers }) => answers).length / plans.length
  expect(answering).toBeGreaterThan(0.98)
  expect(answering).toBeLessThan(0.995)
  const arrival = mean(plans.map(({ acceptAfter, travel }) => (acceptAfter + travel) / 60))
  expect(arrival).toBeGreaterThan(10)
  expect(arrival).toBeLessThan(15)
  const onSite = mean(plans.map((plan) => plan.onSite / 60))
  expect(onSite).toBeGreaterThan(3)
  expect(onSite).toBeLessThan(8)
  const freed = mean(plans.map((plan) => plan.freed))
  expect(freed).toBeGreaterThan(1.25)
  expect(freed).toBeLessThan(2.45)
  expect(Math.max(...plans.map(({ acceptAfter }) => acceptAfter))).toBeLessThan(180)
})
