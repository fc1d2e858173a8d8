import type { Delivery } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { unreachedUnits } from './unreached-units.ts'

const delivery = (unitId: string, result: Delivery['result'], more: Partial<Delivery> = {}): Delivery => ({
  noticeId: 1,
  at: 0,
  unitId,
  result,
  ...more,
})

test('a unit that no channel has taken a notice for is unreached, until one has', () => {
  const failed = delivery('a', 'failed', { channel: 'sms', error: 'HTTP 503' })
  const silent = delivery('a', 'not_sent', { error: 'silent: no channel has taken it' })
  expect(unreachedUnits([failed])).toEqual([])
  expect(unreachedUnits([failed, silent])).toEqual(['a'])
  expect(unreachedUnits([failed, silent, delivery('a', 'sent', { channel: 'voice', noticeId: 2 })])).toEqual([])
})

test('a contact that cannot be used, and a notice that has become pointless, say nothing of it', () => {
  const off = delivery('b', 'not_sent', { channel: 'sms', error: 'channel is switched off' })
  const over = delivery('c', 'not_sent', { error: 'the case has moved on to another unit' })
  expect(unreachedUnits([off, delivery('b', 'under_way', { channel: 'voice' }), over])).toEqual([])
})
