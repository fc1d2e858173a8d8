import { defineRule, reaches, reportedSource, setting } from '../rule.ts'
import { capacityAt } from './load-chart.ts'

const source = 'JGJ 332-2014: control outputs at 80, 90 and 100 % of rated moment'

/** 力矩: the load on the hook as a share of what the crane may lift at that radius with those falls. */
export const moment = defineRule({
  name: 'moment',
  kinds: ['tower-crane'],
  version: 1,
  reports: { slugs: ['moment_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '起重力矩', en: 'Load moment' },
  predicate: {
    zh: '起重量与该幅度、倍率下允许起重量之比达到 80 % 提示、90 % 预警、100 % 报警；幅度超出载荷表时允许起重量为 0。',
    en: 'Hook load as a share of the capacity at that radius and those falls: 80 % informs, 90 % warns, 100 % alarms; beyond the load chart the capacity is 0.',
  },
  settings: {
    infoRatio: setting(0.8, '× capacity', source, 'V2', 'lower'),
    warningRatio: setting(0.9, '× capacity', source, 'V2', 'lower'),
    alarmRatio: setting(1, '× capacity', source, 'V2', 'lower'),
    holdSeconds: setting(1, 's', 'a swinging load overshoots for moments', 'design'),
    minimumLoad: setting(100, 'kg', 'below it the load cell reads its own noise', 'design'),
  },
  bind: ({ parameters }, settings) => {
    const { infoRatio, warningRatio, alarmRatio, holdSeconds, minimumLoad } = settings
    return ({ hookLoad, radius, falls }) => {
      if (hookLoad === undefined) return undefined
      if (hookLoad < minimumLoad) return false
      if (radius === undefined) return undefined
      const capacity = capacityAt(parameters, radius, falls)
      if (capacity === undefined) return undefined
      const ratio = capacity > 0 ? hookLoad / capacity : Number.POSITIVE_INFINITY
      if (!reaches(ratio, infoRatio)) return false
      const [severity, limit] = reaches(ratio, alarmRatio)
        ? (['major', alarmRatio] as const)
        : reaches(ratio, warningRatio)
          ? (['warning', warningRatio] as const)
          : (['info', infoRatio] as const)
      return {
        severity,
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        // Beyond the chart there is no finite share to state.
        measured: { hookLoad, radius, capacity, ...(capacity > 0 ? { ratio } : {}), ...(falls ? { falls } : {}) },
        limit: { value: limit * capacity, unit: 'kg', source },
      }
    }
  },
})
