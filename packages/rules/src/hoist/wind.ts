import { defineRule, exceeds, reportedSource, setting } from '../rule.ts'

const source = 'JGJ 215-2010, GB/T 26557-2021: no use when the wind at the top exceeds 20 m/s'

/** 大风: more wind than the hoist may be used in. */
export const hoistWind = defineRule({
  name: 'wind',
  kinds: ['hoist'],
  version: 1,
  reports: { slugs: ['wind_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '大风', en: 'Wind' },
  predicate: { zh: '顶部风速超过 20 m/s 应停止使用。', en: 'Above 20 m/s at the top the hoist must not be used.' },
  settings: {
    stopSpeed: setting(20, 'm/s', source, 'M', 'lower'),
    calmerBy: setting(1, 'm/s', 'wind around a limit is one incident until it is calmer by so much', 'design'),
    holdSeconds: setting(1, 's', 'one reading is no gust', 'design'),
  },
  bind: (_equipment, { stopSpeed, calmerBy, holdSeconds }) => {
    return ({ windSpeed }, { opened }) => {
      if (windSpeed === undefined) return undefined
      if (!exceeds(windSpeed, stopSpeed - (opened ? calmerBy : 0))) return false
      return {
        severity: 'major',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { windSpeed },
        limit: { value: stopSpeed, unit: 'm/s', source },
      }
    }
  },
})
