import { carSpeed } from '../car-speed.ts'
import { defineRule, exceeds, setting } from '../rule.ts'
import { modeOf } from './car-mode.ts'

const codeSource = 'the controller or terminal reports 开门走车 by its own code'
const source = 'after EN 81-20 5.3.8: no movement with an open door but levelling in the unlocking zone'
const levellingSource = 'EN 81-20 5.12.1.4: levelling with an open door goes at 0.8 m/s at most'

/** 开门走车: the car runs between landings with a door that is not shut. */
export const elevatorMovingWithDoorOpen = defineRule({
  name: 'moving_with_door_open',
  kinds: ['elevator'],
  version: 3,
  reports: { slugs: ['moving_with_door_open'], severity: 'critical', lifeSafety: true, source: codeSource },
  title: { zh: '开门走车', en: 'Moving with the door open' },
  predicate: {
    zh: '轿门未关到位时轿厢运行；开锁区域内不超过平层速度的平层、再平层除外，检修模式不判定。',
    en: 'The car moves while its door is not shut. Levelling within the unlocking zone, at levelling speed at most, is exempt; not judged in inspection mode.',
  },
  settings: {
    movingSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code', 'lower'),
    levellingSpeed: setting(0.8, 'm/s', levellingSource, 'M', 'lower'),
    holdSeconds: setting(1, 's', 'one reading of a bouncing door contact is no open door', 'design'),
  },
  bind: (_equipment, { movingSpeed, levellingSpeed, holdSeconds }) => {
    return (frame, circumstances) => {
      const { door, inDoorZone } = frame
      if (modeOf(frame, circumstances) === 'inspection' || door === 'closed') return false
      const speed = carSpeed(frame, circumstances.base)
      // So fast it only passes a landing, whatever the zone's switch says or does not say.
      const passes = speed !== undefined && exceeds(Math.abs(speed), levellingSpeed)
      if (inDoorZone === true) return passes ? undefined : false
      if (speed !== undefined && !exceeds(Math.abs(speed), movingSpeed)) return false
      if (door === undefined || door === 'unknown' || speed === undefined) return undefined
      if (inDoorZone === undefined && !passes) return undefined
      return {
        severity: 'critical',
        lifeSafety: true,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { speed, door, ...(inDoorZone === undefined ? {} : { inDoorZone }) },
        limit: { value: movingSpeed, unit: 'm/s', source },
      }
    }
  },
})
