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

test('who was let through goes on before others begin', async () => {
  const turnstile = new Turnstile()
  const seen: string[] = []
  const count = 100
  await new Promise<void>((resolve) => {
    for (let i = 0; i < count; i++) {
      turnstile.enter(() => {
        seen.push(`${i} begins`)
        turnstile.goOn(() => {
          seen.push(`${i} goes on`)
          if (i === count - 1) resolve()
        })
      })
    }
  })
  for (let i = 0; i < count / 2; i++) {
    expect(seen.indexOf(`${i} goes on`)).toBeLessThan(seen.indexOf(`${i + count / 2} begins`))
  }
})
