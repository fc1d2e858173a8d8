import type { ElevatorFrame } from '@lifeline/contracts'
import { carSpeed } from '../car-speed.ts'
import { type Memory, unknown } from '../memory.ts'
import { type Circumstances, defineRule, type Finding, setting, type Verdict } from '../rule.ts'
import { handDriven } from './car-mode.ts'
import { carOccupied } from './car-occupancy.ts'

const outsideSource = 'practice of deployed 96333 software: non-level stop, doors shut, person, 30 s'
const levelSource = 'practice of deployed lift terminals: level, doors stay shut, person, 40 s (40 to 90)'
const codeSource = 'controller code 93 (Chongqing extension of GB/T 24476-2017 clause 11)'

const remembers = ['called', 'contraryAt', 'overruledAt', 'seen', 'unseenAt'] as const
type Remembered = (typeof remembers)[number]

/** 困人: a person in a car that stands still and does not let them out. */
export const entrapment = defineRule({
  name: 'entrapment',
  kinds: ['elevator'],
  version: 2,
  remembers,
  title: { zh: '困人', en: 'Entrapment' },
  predicate: {
    zh: '轿厢静止、内有乘客，且（在开锁区域外，或平层而门一直不开）持续到设定时间；或控制器上报代码 93（恢复运行即失效）。门未在平层打开前，乘客信号消失不视为解困。检修、消防员模式下不判定。',
    en: 'The car stands still with a person in it and is outside the unlocking zone, or level with doors that stay shut, for the set time; or the controller sends code 93, which counts until a ride resumes. A person who is no longer seen counts as out only once doors have opened at a landing. Not judged in inspection and firefighter mode.',
  },
  settings: {
    outsideZoneSeconds: setting(30, 's', outsideSource, 'V code'),
    atLevelSeconds: setting(40, 's', levelSource, 'V code'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
    personLoad: setting(30, 'kg', 'a load that counts as a person where nothing else tells', 'design'),
    unseenSeconds: setting(6, 's', 'a detector loses a person who stands still for moments', 'design'),
    jitterSeconds: setting(1.5, 's', 'a speed sensor jitters for a reading; a ride takes longer', 'design'),
  },
  bind: (_equipment, settings) => {
    const { outsideZoneSeconds, atLevelSeconds, stoppedSpeed, personLoad, unseenSeconds, jitterSeconds } = settings
    return (frame, circumstances) => {
      if (handDriven(frame, circumstances)) return false
      if (said(frame, circumstances, stoppedSpeed)) {
        return { ...finding(frame, 'confirmed', 0, codeSource), reported: 'entrapment' }
      }
      const { memory } = circumstances
      const occupied = occupiedLately(frame, memory, personLoad, unseenSeconds)
      const verdict = stuck(frame, circumstances, stoppedSpeed, occupied)
      if (frame.alarmButton === true || circumstances.active.alarm_button !== undefined) memory.called = 1
      if (verdict === 'moving') return unlessForMoments(frame, circumstances, jitterSeconds)
      if (verdict !== true) {
        if (verdict === false && !circumstances.opened) forget(memory)
        return verdict
      }
      memory.contraryAt = unknown
      const outside = frame.inDoorZone === false
      const called = memory.called === 1
      const seconds = outside ? outsideZoneSeconds : atLevelSeconds
      return finding(frame, called ? 'confirmed' : 'suspected', seconds, outside ? outsideSource : levelSource)
    }
  },
})

/** The controller's code counts until a ride resumes: a stop that is never sent must not hold it for ever. */
function said(frame: ElevatorFrame, circumstances: Circumstances<Remembered>, stoppedSpeed: number): boolean {
  if (frame.faults?.includes('entrapment') === true) return true
  const { active, memory } = circumstances
  if (active.entrapment === undefined) return false
  const speed = carSpeed(frame, circumstances.base)
  if (speed !== undefined && Math.abs(speed) > stoppedSpeed) memory.overruledAt = active.entrapment
  return memory.overruledAt !== active.entrapment
}

/** Whether somebody is in the car: who was seen moments ago has not got out of it while its doors stayed shut. */
function occupiedLately(
  frame: ElevatorFrame,
  memory: Memory<Remembered>,
  personLoad: number,
  unseenSeconds: number,
): boolean | undefined {
  const { time, door, inDoorZone } = frame
  const wayOut = door !== undefined && door !== 'closed' && door !== 'unknown' && inDoorZone !== false
  const occupied = carOccupied(frame, personLoad)
  if (occupied === true || wayOut) {
    memory.seen = occupied === true && !wayOut ? 1 : 0
    memory.unseenAt = unknown
  } else if (occupied === false && memory.seen === 1) {
    if (Number.isNaN(memory.unseenAt)) memory.unseenAt = time
    if (time - memory.unseenAt < unseenSeconds * 1000) return true
  }
  return occupied
}

function stuck(
  frame: ElevatorFrame,
  circumstances: Circumstances<Remembered>,
  stoppedSpeed: number,
  occupied: boolean | undefined,
): boolean | 'moving' | undefined {
  const { door, inDoorZone } = frame
  const speed = carSpeed(frame, circumstances.base)
  if (speed !== undefined && Math.abs(speed) > stoppedSpeed) return 'moving'
  // Doors between two floors let nobody out, open or shut: only a door that opens at a landing does.
  const shut = door === 'closed' || inDoorZone === false
  if (!shut && door !== undefined && door !== 'unknown') return false
  // Nobody gets out of a car that stands shut.
  if (occupied === false) return circumstances.opened ? undefined : false
  return speed === undefined || occupied === undefined || !shut ? undefined : true
}

/** What speaks against it for moments only, a speed that jitters, begins no wait anew. */
function unlessForMoments(frame: ElevatorFrame, circumstances: Circumstances<Remembered>, seconds: number): Verdict {
  const { memory, holding, opened } = circumstances
  if (holding && !opened) {
    if (Number.isNaN(memory.contraryAt)) memory.contraryAt = frame.time
    if (frame.time - memory.contraryAt < seconds * 1000) return undefined
  }
  if (!opened) forget(memory)
  return false
}

function forget(memory: Memory<Remembered>): void {
  memory.contraryAt = unknown
  memory.called = unknown
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
