import { unknown } from '../memory.ts'
import { defineRule, exceeds, reportedSource, setting } from '../rule.ts'

const hookSource = 'GB 5144-2006 6.3: the hook stops at least 0.8 m under the jib'
const trolleySource = 'GB 5144-2006 6.3: the trolley stops at least 0.2 m before its end'

/** 限位: the hook or the trolley is where a limit switch must have stopped it. */
export const limitReached = defineRule({
  name: 'limit_reached',
  kinds: ['tower-crane'],
  version: 2,
  remembers: ['high', 'far'],
  reports: {
    slugs: ['height_alarm', 'radius_max_alarm', 'radius_min_alarm'],
    severity: 'warning',
    lifeSafety: false,
    source: reportedSource,
  },
  title: { zh: '到达限位', en: 'Limit reached' },
  predicate: {
    zh: '吊钩距起重臂小于 0.8 m（高度限位），或小车距臂端小于 0.2 m（幅度限位）。',
    en: 'The hook is closer than 0.8 m to the jib, or the trolley closer than 0.2 m to its outer end.',
  },
  settings: {
    hookDistance: setting(0.8, 'm', hookSource, 'M', 'higher'),
    trolleyDistance: setting(0.2, 'm', trolleySource, 'M', 'higher'),
    holdSeconds: setting(1, 's', 'one noisy reading is no limit', 'design'),
  },
  bind: ({ parameters: { jibHeight, jibLength } }, { hookDistance, trolleyDistance, holdSeconds }) => {
    return ({ hookHeight, radius }, { holding, memory }) => {
      if (hookHeight === undefined && radius === undefined) return undefined
      const high = hookHeight !== undefined && exceeds(hookHeight, jibHeight - hookDistance)
      const far = radius !== undefined && exceeds(radius, jibLength - trolleyDistance)
      const unseen = (hookHeight === undefined && memory.high === 1) || (radius === undefined && memory.far === 1)
      if (!high && !far) return holding && unseen ? undefined : false
      memory.high = high ? 1 : unknown
      memory.far = far ? 1 : unknown
      return {
        severity: 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: high ? { limit: 'hook height', hookHeight } : { limit: 'radius', radius: radius as number },
        limit: high
          ? { value: jibHeight - hookDistance, unit: 'm', source: hookSource }
          : { value: jibLength - trolleyDistance, unit: 'm', source: trolleySource },
      }
    }
  },
})
