import { defineRule, type Finding, setting } from '../rule.ts'

const offCode = 'main_power_off'
const emergencyCode = 'mode_emergency_power'
const source = 'GB/T 24476-2017 code 41 (main power off) and 46 (emergency power)'

const lost = (holdSeconds: number, power: string): Finding => ({
  severity: 'warning',
  lifeSafety: false,
  confidence: 'confirmed',
  holdMs: holdSeconds * 1000,
  measured: { power },
  limit: { value: 'mains', unit: 'power', source },
})

/** 停电: the mains are gone. Several machines of a site at once are one power cut (see grouping). */
export const powerLoss = defineRule({
  name: 'power_loss',
  kinds: ['elevator', 'hoist'],
  version: 1,
  title: { zh: '停电', en: 'Mains lost' },
  predicate: {
    zh: '主电源断电或转为应急电源达到设定时间；或控制器上报代码 41、46。',
    en: 'Mains are off, or emergency power is on, for the set time; or the controller sends code 41 or 46.',
  },
  settings: { holdSeconds: setting(2, 's', 'a dip of the mains is no power cut', 'design') },
  bind: (_equipment, { holdSeconds }) => {
    return (frame, { active }) => {
      if (active[offCode] !== undefined || frame.faults?.includes(offCode) === true) {
        return { ...lost(0, 'off'), reported: offCode }
      }
      if (frame.power === 'off' || frame.power === 'emergency') return lost(holdSeconds, frame.power)
      if (active[emergencyCode] !== undefined) return { ...lost(0, 'emergency'), reported: emergencyCode }
      const mode = 'mode' in frame ? frame.mode : undefined
      if (mode === 'emergency_power') return lost(holdSeconds, 'emergency')
      return frame.power === undefined && mode === undefined ? undefined : false
    }
  },
})
