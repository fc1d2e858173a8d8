import { carSpeed } from '../car-speed.ts'
import { defineRule, exceeds, setting } from '../rule.ts'

const source = 'GB/T 26557-2021: the cage runs only with its door and the landing gate shut'

/** 开门运行: the cage runs with its door or a landing gate open. */
export const hoistMovingWithDoorOpen = defineRule({
  name: 'moving_with_door_open',
  kinds: ['hoist'],
  version: 1,
  title: { zh: '开门运行', en: 'Moving with a door open' },
  predicate: {
    zh: '吊笼运行时吊笼门或层门未关。',
    en: 'The cage moves while its door or a landing gate is open.',
  },
  settings: {
    movingSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code', 'lower'),
    holdSeconds: setting(1, 's', 'one reading of a bouncing door contact is no open door', 'design'),
  },
  bind: (_equipment, { movingSpeed, holdSeconds }) => {
    return (frame, { base }) => {
      const { cageDoor, landingGate } = frame
      const open = cageDoor === 'open' || landingGate === 'open'
      if (!open) return cageDoor === undefined && landingGate === undefined ? undefined : false
      const speed = carSpeed(frame, base)
      if (speed === undefined) return undefined
      if (!exceeds(Math.abs(speed), movingSpeed)) return false
      return {
        severity: 'critical',
        lifeSafety: true,
        confidence: 'confirmed',
        holdMs: holdSeconds * 1000,
        measured: { speed, door: cageDoor === 'open' ? 'cage door' : 'landing gate' },
        limit: { value: movingSpeed, unit: 'm/s', source },
      }
    }
  },
})
