import { defineRule, reaches, reportedSource, setting } from '../rule.ts'

const source = 'GB/T 26557-2021: overload device warns at 90 % and stops at 110 % of rated load'

/** 超载: more in the cage than the hoist may lift. */
export const hoistOverload = defineRule({
  name: 'overload',
  kinds: ['hoist'],
  version: 1,
  reports: { slugs: ['overload_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '超载', en: 'Overload' },
  predicate: {
    zh: '载荷达到额定载重量的 90 % 预警、110 % 报警。',
    en: 'Load from 90 % of rated load warns, from 110 % alarms.',
  },
  settings: {
    warningRatio: setting(0.9, '× rated load', source, 'M', 'lower'),
    alarmRatio: setting(1.1, '× rated load', source, 'M', 'lower'),
    holdSeconds: setting(2, 's', 'people and goods moving in the cage swing the load cell', 'design'),
  },
  bind: ({ parameters: { ratedLoad } }, settings) => {
    const { warningRatio, alarmRatio, holdSeconds } = settings
    return ({ load }) => {
      if (load === undefined) return undefined
      const ratio = load / ratedLoad
      if (!reaches(ratio, warningRatio)) return false
      const alarm = reaches(ratio, alarmRatio)
      return {
        severity: alarm ? 'major' : 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { load, ratio },
        limit: { value: (alarm ? alarmRatio : warningRatio) * ratedLoad, unit: 'kg', source },
      }
    }
  },
})
