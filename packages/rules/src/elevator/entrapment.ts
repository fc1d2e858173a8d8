import type { ElevatorFrame } from '@lifeline/contracts'
import { type Circumstances, defineRule, type Finding, setting, type Verdict } from '../rule.ts'
import { carOccupied } from './car-occupancy.ts'

const outsideSource = 'practice of deployed 96333 software: non-level stop, doors shut, person, 30 s'
const levelSource = 'practice of deployed lift terminals: level, doors stay shut, person, 40 s (40 to 90)'
const codeSource = 'controller code 93 (Chongqing extension of GB/T 24476-2017 clause 11)'

/** 困人: a person in a car that stands still and does not let them out. */
export const entrapment = defineRule({
  name: 'entrapment',
  kinds: ['elevator'],
  version: 1,
  title: { zh: '困人', en: 'Entrapment' },
  predicate: {
    zh: '轿厢静止、内有乘客，且（在开锁区域外，或平层而门一直不开）持续到设定时间；或控制器上报代码 93。检修、消防员模式下不自动判定。',
    en: 'The car stands still with a person in it and is outside the unlocking zone, or level with doors that stay shut, for the set time; or the controller sends code 93. Not judged in inspection and firefighter mode.',
  },
  settings: {
    outsideZoneSeconds: setting(30, 's', outsideSource, 'V code'),
    atLevelSeconds: setting(40, 's', levelSource, 'V code'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
    personLoad: setting(30, 'kg', 'a load that counts as a person where nothing else tells', 'design'),
  },
  bind: (_parameters, settings) => {
    const { outsideZoneSeconds, atLevelSeconds, stoppedSpeed, personLoad } = settings
    return (frame, circumstances) => {
      if (reportedByController(frame, circumstances)) return finding(frame, 'confirmed', 0, codeSource)
      if (frame.mode === 'inspection' || frame.mode === 'firefighter') return false
      const verdict = standsShut(frame, circumstances, stoppedSpeed, personLoad)
      if (verdict !== true) return verdict
      const outside = frame.inDoorZone === false
      const called = frame.alarmButton === true || circumstances.active.alarm_button !== undefined
      const seconds = outside ? outsideZoneSeconds : atLevelSeconds
      return finding(frame, called ? 'confirmed' : 'suspected', seconds, outside ? outsideSource : levelSource)
    }
  },
})

function reportedByController(frame: ElevatorFrame, { active }: Circumstances): boolean {
  return active.entrapment !== undefined || frame.faults?.includes('entrapment') === true
}

function standsShut(
  frame: ElevatorFrame,
  { holding }: Circumstances,
  stoppedSpeed: number,
  personLoad: number,
): Verdict | true {
  const { speed, door, inDoorZone } = frame
  if (speed !== undefined && Math.abs(speed) > stoppedSpeed) return false
  const occupied = carOccupied(frame, personLoad)
  if (occupied === false) return false
  // Doors forced open between two floors let nobody out: only a door that opens at a landing does.
  const shut = door === 'closed' || (holding && inDoorZone === false)
  if (!shut && door !== undefined && door !== 'unknown') return false
  if (speed === undefined || occupied === undefined || !shut) return undefined
  return true
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
