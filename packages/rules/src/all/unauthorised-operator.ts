import { defineRule, setting } from '../rule.ts'
import { inMotion } from './in-motion.ts'

const source = 'GB/T 37537-2019 4.12: without a recognised operator the machine must not start'

/** 未授权操作: the machine is driven by somebody who is not registered for it, or by nobody it knows. */
export const unauthorisedOperator = defineRule({
  name: 'unauthorised_operator',
  kinds: ['tower-crane', 'hoist'],
  version: 1,
  remembers: ['reported'],
  title: { zh: '未授权操作', en: 'Unauthorised operator' },
  predicate: {
    zh: '设备运行时操作人员不在登记名单内；曾上报操作人员的设备，运行时未上报也视为违规。未登记操作人员的设备不判定。',
    en: 'The machine moves under an operator who is not registered for it. Where it has reported operators before, moving without one is a violation too. Not judged where no operators are registered.',
  },
  settings: {
    holdSeconds: setting(2, 's', 'a card reader answers a moment after the start', 'design'),
    rejoinSeconds: setting(60, 's', 'moves of one shift are one violation', 'design'),
  },
  bind: ({ kind, operators }, { holdSeconds }) => {
    const known = new Set(operators)
    return (frame, { memory, base }) => {
      const { operator } = frame
      if (operator !== undefined) memory.reported = 1
      if (known.size === 0 || (operator !== undefined && known.has(operator))) return false
      if (operator === undefined && memory.reported !== 1) return undefined
      const moves = inMotion(kind, frame, base)
      if (moves !== true) return moves
      return {
        severity: 'major',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { operator: operator ?? 'none' },
        limit: { value: 'a registered operator', unit: 'card', source },
      }
    }
  },
})
