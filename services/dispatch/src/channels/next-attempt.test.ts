import { expect, test } from 'vitest'
import { nextAttempt, type PastAttempt, sortContacts } from './next-attempt.ts'

const contact = (channel: string) => ({ channel, address: `${channel}-1` })
const [sms, voice] = [contact('sms'), contact('voice')]
const well = { enabled: true, healthy: true }
const channels = new Map([
  ['sms', well],
  ['voice', well],
])
const past = (channel: string, result: PastAttempt['result'], at = 1_000): PastAttempt => ({
  ...contact(channel),
  at,
  result,
})
const plan = (attempts: readonly PastAttempt[], now = 1_000, of = channels) =>
  nextAttempt([sms, voice], of, attempts, now)

test('contacts are tried in their order, an unhealthy channel after the others', () => {
  expect(plan([])).toEqual({ do: 'send', contact: sms })
  expect(plan([past('sms', 'failed')])).toEqual({ do: 'send', contact: voice })
  const sick = new Map([...channels, ['sms', { enabled: true, healthy: false }]])
  expect(plan([], 1_000, sick)).toEqual({ do: 'send', contact: voice })
  expect(plan([past('voice', 'failed')], 1_000, sick)).toEqual({ do: 'send', contact: sms })
})

test('when all have failed they are tried again after a pause that doubles up to half a minute', () => {
  const once = [past('sms', 'failed'), past('voice', 'failed')]
  expect(plan(once)).toEqual({ do: 'wait', until: 3_000 })
  expect(plan(once, 3_000)).toEqual({ do: 'send', contact: sms })
  expect(plan([...once, ...once])).toEqual({ do: 'wait', until: 5_000 })
  expect(plan(Array(6).fill(once).flat())).toEqual({ do: 'wait', until: 31_000 })
  expect(plan(Array(8).fill(once).flat())).toMatchObject({ do: 'stop', reason: expect.stringContaining('silent') })
})

test('what was refused is not tried there again', () => {
  expect(plan([past('sms', 'refused'), past('voice', 'failed')])).toEqual({ do: 'wait', until: 3_000 })
  expect(plan([past('sms', 'refused'), past('voice', 'failed')], 3_000)).toEqual({ do: 'send', contact: voice })
  expect(plan([past('sms', 'refused'), past('voice', 'refused')])).toMatchObject({ do: 'stop' })
})

test('what was interrupted is repeated first, but not for ever', () => {
  expect(plan([past('sms', 'begun')])).toEqual({ do: 'send', contact: sms })
  expect(plan([past('sms', 'begun'), past('sms', 'begun'), past('sms', 'begun')])).toEqual({
    do: 'send',
    contact: voice,
  })
})

test('contacts that cannot be used say why, and without any there is no channel', () => {
  const off = new Map([...channels, ['off', { enabled: false, healthy: true }]])
  const { usable, unusable } = sortContacts([sms, contact('off'), contact('gone'), sms], off)
  expect(usable).toEqual([sms])
  expect(unusable.map(({ reason }) => reason)).toEqual(['channel is switched off', 'no such channel', 'duplicate'])
  expect(nextAttempt([], off, [], 0)).toEqual({ do: 'stop', reason: 'no channel' })
})
