import { carSpeed } from '../car-speed.ts'
import { unknown } from '../memory.ts'
import { defineRule, exceeds, type Finding, setting } from '../rule.ts'
import { modeOf } from './car-mode.ts'

const source = 'GB/T 7588.1-2020 5.6.7: movement away from the landing with doors not shut'
/** Frames further apart than this leave room for a whole ride, ms. */
const watchedMs = 3_500
const codeSource = 'controller code 5 (GB/T 24476-2017 clause 11)'

/** 轿厢意外移动: from a stop with open doors the car leaves the landing before they have shut. */
export const unintendedMovement = defineRule({
  name: 'unintended_movement',
  kinds: ['elevator'],
  version: 6,
  reports: { slugs: ['unintended_car_movement'], severity: 'critical', lifeSafety: true, source: codeSource },
  remembers: ['stopped', 'position', 'shutAt'],
  title: { zh: '轿厢意外移动', en: 'Unintended car movement' },
  predicate: {
    zh: '平层开门停靠后，门未关到位轿厢即离开平层位置（超过设定距离，或移动出开锁区域）；或控制器上报代码 5。检修模式不判定。',
    en: 'After a stop with open doors the car leaves the landing (by more than the set distance, or out of the unlocking zone) before they have shut; or the controller sends code 5. Not judged in inspection mode.',
  },
  settings: {
    distance: setting(0.35, 'm', 'the unlocking zone reaches at most 0.35 m (GB/T 7588.1-2020 5.3.8.1)', 'M', 'lower'),
    movingSpeed: setting(0.05, 'm/s', 'above the noise of a standing car’s encoder', 'design'),
    holdSeconds: setting(1, 's', 'one reading of a dirty zone switch is no movement', 'design'),
    dirtySeconds: setting(
      0.75,
      's',
      'a dirty contact shows shut for a moment, before a ride it is for longer',
      'design',
    ),
  },
  bind: (_equipment, { distance, movingSpeed, holdSeconds, dirtySeconds }) => {
    const found = (measured: Finding['measured'], holdMs: number, by: string): Finding => ({
      severity: 'critical',
      lifeSafety: true,
      confidence: 'confirmed',
      holdMs,
      measured,
      limit: { value: distance, unit: 'm', source: by },
    })
    return (frame, circumstances) => {
      const { memory, sincePrevious, base } = circumstances
      const { time, door, inDoorZone, position } = frame
      // What was not watched cannot be told from a ride with shut doors, unless it is where it was.
      const there = position !== undefined && !exceeds(Math.abs(position - memory.position), distance)
      const rodePerhaps = sincePrevious > watchedMs && !(inDoorZone === true && there)
      const shut = door === 'closed'
      // Shut for one short reading after a stop, it may be a dirty contact.
      if (shut && memory.stopped === 1 && !(time > memory.shutAt) && !rodePerhaps) {
        memory.shutAt = time
        return undefined
      }
      const wasShut = shut || time - memory.shutAt > dirtySeconds * 1000
      memory.shutAt = unknown
      const inspected = modeOf(frame, circumstances) === 'inspection'
      if (inspected || wasShut || rodePerhaps) {
        memory.stopped = unknown
        memory.position = unknown
        if (shut || inspected) return false
      }
      if (door === undefined || door === 'unknown') return undefined
      const speed = carSpeed(frame, base)
      if (memory.stopped !== 1) {
        // The stop from which it must not move begins when it stands at a landing with a door that opens.
        if (inDoorZone === false || speed === undefined || exceeds(Math.abs(speed), movingSpeed)) return false
        memory.stopped = 1
        if (position !== undefined) memory.position = position
        return false
      }
      if (position !== undefined) {
        const moved = Math.abs(position - memory.position)
        if (exceeds(moved, distance)) return found({ moved, door }, holdSeconds * 1000, source)
      }
      if (inDoorZone === true) return false
      if (inDoorZone === undefined) return position === undefined ? undefined : false
      if (speed === undefined) return undefined
      if (!exceeds(Math.abs(speed), movingSpeed)) return circumstances.holding ? undefined : false
      return found({ speed, door, inDoorZone }, holdSeconds * 1000, source)
    }
  },
})
