import type { JsMsg } from '@lifeline/bus'
import { expect, test } from 'vitest'
import { RecentMessages } from './recent-messages.ts'

const message = (seq: number, timestampNanos = seq * 1_000) => ({ seq, info: { timestampNanos } as JsMsg['info'] })

test('what was added is known, until twice as much as was asked for came after it', () => {
  const recent = new RecentMessages(3)
  for (const seq of [1, 2, 3, 4, 5]) recent.add(message(seq))
  expect([1, 2, 3, 4, 5, 6].filter((seq) => recent.has(message(seq)))).toEqual([1, 2, 3, 4, 5])
  recent.add(message(6))
  expect([1, 2, 3, 4, 5, 6].filter((seq) => recent.has(message(seq)))).toEqual([4, 5, 6])
})

test('a message of a stream that was made anew is not taken for an old one', () => {
  const recent = new RecentMessages(3)
  recent.add(message(1))
  expect(recent.has(message(1, 999))).toBe(false)
})
