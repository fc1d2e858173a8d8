import { defineRule, reaches, setting } from '../rule.ts'

const source = 'GB/T 34025 family: greatest trip speed of the safety device by rated speed'

/** The speed at which the safety device trips at the latest, m/s, for a rated speed in m/s. */
export function tripSpeed(ratedSpeed: number): number {
  if (ratedSpeed <= 0.65) return 1
  if (ratedSpeed <= 0.9) return 1.3
  return ratedSpeed + 0.4
}

/** 超速: as fast as the safety device must trip at. */
export const hoistOverspeed = defineRule({
  name: 'overspeed',
  kinds: ['hoist'],
  version: 1,
  title: { zh: '超速', en: 'Overspeed' },
  predicate: {
    zh: '吊笼速度达到防坠安全器动作速度（按额定速度查表）。',
    en: 'Cage speed reaches the trip speed of the safety device, by the table of rated speeds.',
  },
  settings: { tripShare: setting(1, '× trip speed', source, 'M', 'lower') },
  bind: ({ parameters: { ratedSpeed } }, { tripShare }) => {
    const limit = tripSpeed(ratedSpeed) * tripShare
    return ({ speed }) => {
      if (speed === undefined) return undefined
      if (!reaches(Math.abs(speed), limit)) return false
      return {
        severity: 'critical',
        lifeSafety: true,
        confidence: 'confirmed',
        holdMs: 0,
        measured: { speed, ratio: Math.abs(speed) / ratedSpeed },
        limit: { value: limit, unit: 'm/s', source },
      }
    }
  },
})
