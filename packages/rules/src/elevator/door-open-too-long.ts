import type { ElevatorFrame, Frame } from '@lifeline/contracts'
import { defineRule, setting } from '../rule.ts'
import { modeOf } from './car-mode.ts'

const source = 'practice of deployed lift terminals: door open at a landing, 120 s'

/** 开门时间过长: the door of a lift in normal service stays open. */
export const doorOpenTooLong = defineRule({
  name: 'door_open_too_long',
  kinds: ['elevator'],
  version: 3,
  title: { zh: '开门时间过长', en: 'Door open too long' },
  predicate: {
    zh: '正常服务模式下门持续不关达到设定时间。',
    en: 'In normal service the door does not shut for the set time.',
  },
  settings: { openSeconds: setting(120, 's', source, 'V code') },
  bind: (_equipment, { openSeconds }) => {
    return (frame, circumstances) => {
      const { door } = frame
      if (door === 'closed' || (circumstances.holding && elsewhere(frame, circumstances.previous))) return false
      const mode = modeOf(frame, circumstances)
      if (mode !== undefined && mode !== 'normal' && mode !== 'unknown') return false
      // A door in motion has not shut yet, but does not begin the wait either.
      if (door !== 'open' && door !== 'obstructed') return undefined
      return {
        severity: 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: openSeconds * 1000,
        measured: { door },
        limit: { value: openSeconds, unit: 's', source },
      }
    }
  },
})

/** Whether it is on another floor than before: it was shut on the way, though nobody heard of it. */
function elsewhere({ floor }: ElevatorFrame, previous: Frame | null): boolean {
  const before = (previous as ElevatorFrame | null)?.floor
  return floor !== undefined && before !== undefined && before !== floor
}
