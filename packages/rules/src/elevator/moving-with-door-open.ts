import { carSpeed } from '../car-speed.ts'
import { defineRule, exceeds, setting } from '../rule.ts'
import { modeOf } from './car-mode.ts'

const codeSource = 'the controller or terminal reports 开门走车 by its own code'
const source = 'after EN 81-20 5.3.8: no movement with an open door but levelling in the unlocking zone'

/** 开门走车: the car runs between landings with a door that is not shut. */
export const elevatorMovingWithDoorOpen = defineRule({
  name: 'moving_with_door_open',
  kinds: ['elevator'],
  version: 1,
  reports: { slugs: ['moving_with_door_open'], severity: 'critical', lifeSafety: true, source: codeSource },
  title: { zh: '开门走车', en: 'Moving with the door open' },
  predicate: {
    zh: '轿门未关到位时轿厢在开锁区域外运行；开锁区域内的平层、再平层除外，检修模式不判定。',
    en: 'The car moves outside the unlocking zone while its door is not shut. Levelling within the zone is exempt; not judged in inspection mode.',
  },
  settings: {
    movingSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code', 'lower'),
    holdSeconds: setting(1, 's', 'one reading of a bouncing door contact is no open door', 'design'),
  },
  bind: (_equipment, { movingSpeed, holdSeconds }) => {
    return (frame, circumstances) => {
      const { door, inDoorZone } = frame
      if (modeOf(frame, circumstances) === 'inspection' || door === 'closed' || inDoorZone === true) return false
      const speed = carSpeed(frame, circumstances.base)
      if (speed !== undefined && !exceeds(Math.abs(speed), movingSpeed)) return false
      if (door === undefined || door === 'unknown' || inDoorZone === undefined || speed === undefined) return undefined
      return {
        severity: 'critical',
        lifeSafety: true,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { speed, door, inDoorZone },
        limit: { value: movingSpeed, unit: 'm/s', source },
      }
    }
  },
})
