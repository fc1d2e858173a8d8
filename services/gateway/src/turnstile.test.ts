import { expect, test } from 'vitest'
import { Turnstile } from './turnstile.ts'

test('however much has come at once, all of it gets its turn in order, and others get theirs between', async () => {
  const turnstile = new Turnstile()
  const seen: number[] = []
  await new Promise<void>((resolve) => {
    for (let step = 0; step < 1_000; step++) turnstile.enter(() => seen.push(step))
    turnstile.enter(resolve)
    setImmediate(() => {
      expect(seen.length).toBeGreaterThan(0)
      expect(seen.length).toBeLessThan(100)
    })
  })
  expect(seen).toEqual(Array.from({ length: 1_000 }, (_, step) => step))
})
