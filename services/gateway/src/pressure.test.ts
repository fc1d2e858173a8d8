import { expect, test } from 'vitest'
import { Pressure } from './pressure.ts'

test('who waits is told once half of the room is free', () => {
  const pressure = new Pressure(100)
  let told = 0
  pressure.add(60)
  expect(pressure.full).toBe(false)
  pressure.add(60)
  expect(pressure.full).toBe(true)
  pressure.wait(() => told++)
  pressure.release(60)
  expect([pressure.full, told]).toEqual([false, 0])
  pressure.release(20)
  pressure.release(40)
  expect(told).toBe(1)
})

test('who does not wait any more is not told', () => {
  const pressure = new Pressure(10)
  const resume = () => expect.unreachable()
  pressure.add(10)
  pressure.wait(resume)
  pressure.forget(resume)
  pressure.release(10)
})

test('it says when nothing is left', async () => {
  const pressure = new Pressure(10)
  await pressure.empty()
  pressure.add(5)
  const empty = pressure.empty()
  pressure.release(5)
  await empty
})
