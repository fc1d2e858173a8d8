import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BatchQueue } from './batch-queue.ts'

const limits = { lines: 10, entries: 4, lingerMs: 100 }
const entry = (lineCount: number): { readonly lineCount: number } => ({ lineCount })

let queue: BatchQueue<{ readonly lineCount: number }>

beforeEach(() => {
  vi.useFakeTimers()
  queue = new BatchQueue(limits)
})

afterEach(() => vi.useRealTimers())

const sizes = (batch: readonly { readonly lineCount: number }[]): number[] => batch.map(({ lineCount }) => lineCount)

test('a lone entry goes when it has waited long enough, and no sooner', async () => {
  let batch: number[] | undefined
  void queue.take().then((taken) => {
    batch = sizes(taken)
  })
  queue.add(entry(1))
  await vi.advanceTimersByTimeAsync(99)
  expect(batch).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1)
  expect(batch).toEqual([1])
})

test('lines enough go at once, what is beyond them waits for the next', async () => {
  for (const lines of [6, 5, 7]) queue.add(entry(lines))
  expect(sizes(await queue.take())).toEqual([6, 5])
  const next = queue.take()
  await vi.advanceTimersByTimeAsync(100)
  expect(sizes(await next)).toEqual([7])
})

test('entries enough go at once, however small', async () => {
  for (let i = 0; i < 5; i++) queue.add(entry(0))
  expect(await queue.take()).toHaveLength(4)
})

test('an entry that was due while nobody took goes to the next who does', async () => {
  queue.add(entry(1))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sizes(await queue.take())).toEqual([1])
})

test('two takers are served in turn', async () => {
  const [first, second] = [queue.take(), queue.take()]
  queue.add(entry(10))
  queue.add(entry(11))
  expect(sizes(await first)).toEqual([10])
  expect(sizes(await second)).toEqual([11])
})

test('a closed queue gives nothing any more', async () => {
  const waiting = queue.take()
  queue.add(entry(1))
  queue.close()
  expect(await waiting).toEqual([])
  expect(await queue.take()).toEqual([])
})
