import { defineRule, exceeds, reaches, setting } from '../rule.ts'

const codeSource = 'the controller or terminal reports 超速 by its own code'
const governorSource = 'EN 81-20:2020 5.6.2.2.1.1: the governor trips at 115 % of rated speed at the earliest'
const rangeSource = 'GB/T 10058 operating range 92 to 105 % of rated speed'

/** 超速: faster than a lift may run, up or down. */
export const elevatorOverspeed = defineRule({
  name: 'overspeed',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['overspeed'], severity: 'critical', lifeSafety: true, source: codeSource },
  title: { zh: '超速', en: 'Overspeed' },
  predicate: {
    zh: '轿厢速度超过额定速度的 105 % 预警，达到 115 %（限速器动作下限）为危急。',
    en: 'Car speed above 105 % of rated speed warns; from 115 %, the least speed a governor trips at, it is critical.',
  },
  settings: {
    warningRatio: setting(1.05, '× rated speed', rangeSource, 'M', 'lower'),
    criticalRatio: setting(1.15, '× rated speed', governorSource, 'V2', 'lower'),
    warningHoldSeconds: setting(1, 's', 'one noisy reading is no overspeed', 'design'),
  },
  bind: ({ parameters: { ratedSpeed } }, settings) => {
    const { warningRatio, criticalRatio, warningHoldSeconds } = settings
    return ({ speed }) => {
      if (speed === undefined) return undefined
      const ratio = Math.abs(speed) / ratedSpeed
      const critical = reaches(ratio, criticalRatio)
      if (!critical && !exceeds(ratio, warningRatio)) return false
      return {
        severity: critical ? 'critical' : 'warning',
        lifeSafety: critical,
        confidence: 'confirmed',
        holdMs: critical ? 0 : warningHoldSeconds * 1000,
        measured: { speed, ratio },
        limit: {
          value: (critical ? criticalRatio : warningRatio) * ratedSpeed,
          unit: 'm/s',
          source: critical ? governorSource : rangeSource,
        },
      }
    }
  },
})
