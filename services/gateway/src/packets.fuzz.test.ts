import { expect, test } from 'vitest'
import { fuzzPackets } from './testing/fuzz-packets.ts'

test('a hundred thousand mutated packets are taken rightly or refused; pnpm fuzz:packets throws ten million', () => {
  const { taken, refused } = fuzzPackets(100_000, 20_261_124)
  expect(taken).toBeGreaterThan(10_000)
  expect(refused).toBeGreaterThan(10_000)
})
