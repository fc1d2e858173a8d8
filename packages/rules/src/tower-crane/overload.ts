import { defineRule, reaches, reportedSource, setting } from '../rule.ts'

const source = 'JGJ 332-2014: control outputs at 90 and 100 % of maximum load'

/** 超载: more on the hook than the crane may lift anywhere. */
export const craneOverload = defineRule({
  name: 'overload',
  kinds: ['tower-crane'],
  version: 1,
  reports: { slugs: ['overload_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '超载', en: 'Overload' },
  predicate: {
    zh: '起重量达到最大起重量的 90 % 预警、100 % 报警。',
    en: 'Hook load from 90 % of the crane’s maximum load warns, from 100 % alarms.',
  },
  settings: {
    warningRatio: setting(0.9, '× maximum load', source, 'V2', 'lower'),
    alarmRatio: setting(1, '× maximum load', source, 'V2', 'lower'),
    holdSeconds: setting(1, 's', 'a swinging load overshoots for moments', 'design'),
  },
  bind: ({ parameters: { maxLoad } }, { warningRatio, alarmRatio, holdSeconds }) => {
    return ({ hookLoad }) => {
      if (hookLoad === undefined) return undefined
      const ratio = hookLoad / maxLoad
      if (!reaches(ratio, warningRatio)) return false
      const alarm = reaches(ratio, alarmRatio)
      return {
        severity: alarm ? 'major' : 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { hookLoad, ratio },
        limit: { value: (alarm ? alarmRatio : warningRatio) * maxLoad, unit: 'kg', source },
      }
    }
  },
})
