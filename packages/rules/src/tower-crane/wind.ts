import { defineRule, exceeds, reaches, reportedSource, setting } from '../rule.ts'

const erectingSource = 'GB 55034-2022 3.4.7: no installing, dismantling or jacking above 9.0 m/s'
const warningSource = 'JGJ 276-2012 3.0.12: wind of force 6 (10.8 m/s)'
const stopSource = 'JGJ 33-2012 4.1.15, JGJ 196-2010: no lifting from 12.0 m/s'
const makerSource = 'the manufacturer’s limit of this crane'

/** 风速: more wind than the crane may work, or be erected, in. The manufacturer’s limit only ever tightens. */
export const craneWind = defineRule({
  name: 'wind',
  kinds: ['tower-crane'],
  version: 1,
  reports: { slugs: ['wind_alarm'], severity: 'major', lifeSafety: false, source: reportedSource },
  title: { zh: '大风', en: 'Wind' },
  predicate: {
    zh: '作业状态：风速达到 10.8 m/s 预警、12.0 m/s 应停止作业；安装、拆卸、顶升状态：超过 9.0 m/s 应停止；制造商规定值更低时以其为准。停用状态不判定。',
    en: 'Working: wind from 10.8 m/s warns, from 12.0 m/s work must stop. Erecting, dismantling or jacking: above 9.0 m/s it must stop. A lower limit of the manufacturer replaces these. Not judged out of service.',
  },
  settings: {
    warningSpeed: setting(10.8, 'm/s', warningSource, 'V2', 'lower'),
    stopSpeed: setting(12, 'm/s', stopSource, 'V2', 'lower'),
    erectingSpeed: setting(9, 'm/s', erectingSource, 'V2', 'lower'),
    calmerBy: setting(1, 'm/s', 'wind around a limit is one incident until it is calmer by so much', 'design'),
    holdSeconds: setting(1, 's', 'instantaneous wind counts (GB 6067.1-2010 9.6.1), one reading does not', 'design'),
  },
  bind: ({ parameters: { windLimit } }, settings) => {
    const { calmerBy, holdSeconds } = settings
    const stop = Math.min(settings.stopSpeed, windLimit)
    const warning = Math.min(settings.warningSpeed, stop)
    const erecting = Math.min(settings.erectingSpeed, windLimit)
    return ({ windSpeed, state }, { opened }) => {
      if (state === 'out_of_service') return false
      if (windSpeed === undefined) return undefined
      const margin = opened ? calmerBy : 0
      const [stops, limit, source] =
        state === 'erecting'
          ? [exceeds(windSpeed, erecting - margin), erecting, erectingSource]
          : [reaches(windSpeed, stop), stop, stopSource]
      if (!stops && (state === 'erecting' || !reaches(windSpeed, warning - margin))) return false
      return {
        severity: stops ? 'major' : 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { windSpeed, ...(state === undefined ? {} : { state }) },
        limit: stops
          ? { value: limit, unit: 'm/s', source: limit === windLimit ? makerSource : source }
          : { value: warning, unit: 'm/s', source: warning === windLimit ? makerSource : warningSource },
      }
    }
  },
})
