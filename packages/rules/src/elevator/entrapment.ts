import type { ElevatorFrame } from '@lifeline/contracts'
import { carSpeed } from '../car-speed.ts'
import { type Circumstances, defineRule, type Finding, setting, type Verdict } from '../rule.ts'
import { carOccupied } from './car-occupancy.ts'
import { handDriven, reports } from './reported.ts'

const outsideSource = 'practice of deployed 96333 software: non-level stop, doors shut, person, 30 s'
const levelSource = 'practice of deployed lift terminals: level, doors stay shut, person, 40 s (40 to 90)'
const codeSource = 'controller code 93 (Chongqing extension of GB/T 24476-2017 clause 11)'

/** 困人: a person in a car that stands still and does not let them out. */
export const entrapment = defineRule({
  name: 'entrapment',
  kinds: ['elevator'],
  version: 2,
  remembers: true,
  title: { zh: '困人', en: 'Entrapment' },
  predicate: {
    zh: '轿厢静止、内有乘客，且（在开锁区域外，或平层而门一直不开）持续到设定时间；或控制器上报代码 93。门未在平层打开前，乘客信号消失不视为解困。检修、消防员模式下不自动判定。',
    en: 'The car stands still with a person in it and is outside the unlocking zone, or level with doors that stay shut, for the set time; or the controller sends code 93. A person who is no longer seen counts as out only once doors have opened at a landing. Not judged in inspection and firefighter mode.',
  },
  settings: {
    outsideZoneSeconds: setting(30, 's', outsideSource, 'V code'),
    atLevelSeconds: setting(40, 's', levelSource, 'V code'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
    personLoad: setting(30, 'kg', 'a load that counts as a person where nothing else tells', 'design'),
    unseenSeconds: setting(3, 's', 'a detector loses a person who stands still for moments', 'design'),
  },
  bind: (_equipment, settings) => {
    const { outsideZoneSeconds, atLevelSeconds, stoppedSpeed, personLoad, unseenSeconds } = settings
    return (frame, circumstances) => {
      if (reports(frame, circumstances, 'entrapment'))
        return { ...finding(frame, 'confirmed', 0, codeSource), reported: 'entrapment' }
      if (handDriven(frame, circumstances)) return false
      const verdict = standsShut(frame, circumstances, stoppedSpeed)
      if (verdict !== true) return verdict
      const inside = personInside(frame, circumstances, personLoad, unseenSeconds)
      if (inside !== true) return inside
      const outside = frame.inDoorZone === false
      const called = frame.alarmButton === true || circumstances.active.alarm_button !== undefined
      const seconds = outside ? outsideZoneSeconds : atLevelSeconds
      return finding(frame, called ? 'confirmed' : 'suspected', seconds, outside ? outsideSource : levelSource)
    }
  },
})

function standsShut(frame: ElevatorFrame, circumstances: Circumstances, stoppedSpeed: number): Verdict | true {
  const { door, inDoorZone } = frame
  const speed = carSpeed(frame, circumstances.previous)
  if (speed !== undefined && Math.abs(speed) > stoppedSpeed) return false
  // Doors forced open between two floors let nobody out: only a door that opens at a landing does.
  const shut = door === 'closed' || (circumstances.holding && inDoorZone === false)
  if (!shut && door !== undefined && door !== 'unknown') return false
  return speed === undefined || !shut ? undefined : true
}

function personInside(
  frame: ElevatorFrame,
  { holding, opened, memory }: Circumstances,
  personLoad: number,
  unseenSeconds: number,
): Verdict | true {
  const occupied = carOccupied(frame, personLoad)
  if (occupied === true) {
    if (memory.unseenAt !== undefined) delete memory.unseenAt
    return true
  }
  // Nobody gets out of a car that stands shut.
  if (occupied === undefined || opened) return undefined
  if (!holding) return false
  memory.unseenAt ??= frame.time
  return frame.time - memory.unseenAt < unseenSeconds * 1000 ? undefined : false
}

function finding(frame: ElevatorFrame, confidence: Finding['confidence'], seconds: number, source: string): Finding {
  const measured: Record<string, number | string | boolean> = {}
  if (frame.floor !== undefined) measured.floor = frame.floor
  if (frame.position !== undefined) measured.position = frame.position
  if (frame.people !== undefined) measured.people = frame.people
  if (frame.load !== undefined) measured.load = frame.load
  if (frame.door !== undefined) measured.door = frame.door
  if (frame.inDoorZone !== undefined) measured.inDoorZone = frame.inDoorZone
  if (frame.power !== undefined) measured.power = frame.power
  return {
    severity: 'critical',
    lifeSafety: true,
    confidence,
    holdMs: seconds * 1000,
    measured,
    limit: { value: seconds, unit: 's', source },
  }
}
