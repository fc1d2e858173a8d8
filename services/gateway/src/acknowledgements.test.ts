import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Acknowledgements, type Batch, puback, pubcomp, pubrec } from './acknowledgements.ts'

const batch = (answers: number[], awaiting = 1): Batch => ({ answers, publishes: answers.length, bytes: 10, awaiting })

/** The answers that were written, by write. */
function recording(): { acknowledgements: Acknowledgements; writes: number[][] } {
  const writes: number[][] = []
  const acknowledgements = new Acknowledgements(
    (bytes) => writes.push(Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32BE(4 * i))),
    () => undefined,
  )
  return { acknowledgements, writes }
}

test('a batch that is stored early is answered after those before it', async () => {
  const { acknowledgements, writes } = recording()
  const [a, b, c] = [batch([puback(1), puback(2)]), batch([pubrec(3)]), batch([puback(4)])]
  for (const it of [a, b, c]) acknowledgements.add(it)
  acknowledgements.stored(c)
  await Promise.resolve()
  expect(writes).toEqual([])
  acknowledgements.stored(a)
  await Promise.resolve()
  expect(writes).toEqual([[puback(1), puback(2)]])
  expect([acknowledgements.publishes, acknowledgements.bytes]).toEqual([2, 20])
  acknowledgements.stored(b)
  await Promise.resolve()
  expect(writes).toEqual([
    [puback(1), puback(2)],
    [pubrec(3), puback(4)],
  ])
  expect([acknowledgements.publishes, acknowledgements.bytes]).toEqual([0, 0])
})

test('a batch of several stores waits for all of them', async () => {
  const { acknowledgements, writes } = recording()
  const both = batch([puback(1)], 2)
  acknowledgements.add(both)
  acknowledgements.stored(both)
  await Promise.resolve()
  expect(writes).toEqual([])
  acknowledgements.stored(both)
  await Promise.resolve()
  expect(writes).toEqual([[puback(1)]])
})

test('an answer that waits for nothing still keeps its place', async () => {
  const { acknowledgements, writes } = recording()
  const first = batch([puback(1)])
  acknowledgements.add(first)
  acknowledgements.add(batch([pubcomp(9)], 0))
  await Promise.resolve()
  expect(writes).toEqual([])
  acknowledgements.stored(first)
  await Promise.resolve()
  expect(writes).toEqual([[puback(1), pubcomp(9)]])
})

test('in whatever order the stores answer, the client hears them in the order it sent', async () => {
  const order = fc.array(fc.nat(), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(order, async (ranks) => {
      const { acknowledgements, writes } = recording()
      const batches = ranks.map((_, i) => batch([puback(i + 1)]))
      for (const it of batches) acknowledgements.add(it)
      const storing = batches.map((it, i) => ({ it, rank: ranks[i] ?? 0 })).sort((a, b) => a.rank - b.rank)
      for (const { it } of storing) {
        acknowledgements.stored(it)
        await Promise.resolve()
      }
      expect(writes.flat()).toEqual(ranks.map((_, i) => puback(i + 1)))
    }),
  )
})
