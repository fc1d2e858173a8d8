import { carSpeed } from '../car-speed.ts'
import { defineRule, reaches, setting } from '../rule.ts'

const source = 'GB/T 7588.1-2020 5.12.1.2 (TSG T7001-2023 A1.3.3)'

/** 超载: more in the car than it may start with. Moving with it means that the overload device did not act. */
export const elevatorOverload = defineRule({
  name: 'overload',
  kinds: ['elevator'],
  version: 2,
  title: { zh: '超载', en: 'Overload' },
  predicate: {
    zh: '载荷达到额定载重量的 110 %（额定小于 750 kg 时为额定 + 75 kg）；超载仍在运行为危急。',
    en: 'Load from 110 % of rated load (rated load + 75 kg where that is below 750 kg); critical while moving.',
  },
  settings: {
    ratio: setting(1.1, '× rated load', source, 'V2', 'lower'),
    smallLiftMargin: setting(75, 'kg', source, 'V2', 'lower'),
    smallLiftBelow: setting(750, 'kg rated load', source, 'V2', 'lower'),
    holdSeconds: setting(2, 's', 'people stepping in and out swing the load cell', 'design'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
  },
  bind: ({ parameters: { ratedLoad } }, settings) => {
    const { ratio, smallLiftMargin, smallLiftBelow, holdSeconds, stoppedSpeed } = settings
    const limit = ratedLoad < smallLiftBelow ? ratedLoad + smallLiftMargin : ratedLoad * ratio
    return (frame, { base }) => {
      const { load } = frame
      if (load === undefined) return undefined
      if (!reaches(load, limit)) return false
      const speed = carSpeed(frame, base)
      const moving = speed !== undefined && Math.abs(speed) > stoppedSpeed
      return {
        severity: moving ? 'critical' : 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { load, ratio: load / ratedLoad, moving },
        limit: { value: limit, unit: 'kg', source },
      }
    }
  },
})
