import type { ElevatorFrame } from '@lifeline/contracts'
import { carSpeed } from '../car-speed.ts'
import { type Memory, unknown } from '../memory.ts'
import { forgetOccupant, occupantMemory, occupantSettings, stillOccupied } from '../occupant.ts'
import { type Circumstances, defineRule, type Finding, setting, type Verdict } from '../rule.ts'
import { handDriven } from './car-mode.ts'
import { carOccupied } from './car-occupancy.ts'

const outsideSource = 'practice of deployed 96333 software: non-level stop, doors shut, person, 30 s'
const levelSource = 'practice of deployed lift terminals: level, doors stay shut, person, 40 s (40 to 90)'
const codeSource = 'controller code 93 (Chongqing extension of GB/T 24476-2017 clause 11)'

/** Readings further apart than this leave room for a ride between them, ms. */
const watchedMs = 3_500

const remembers = ['called', 'contraryAt', 'overruledAt', ...occupantMemory] as const
type Remembered = (typeof remembers)[number]

/** 困人: a person in a car that stands still and does not let them out. */
export const entrapment = defineRule({
  name: 'entrapment',
  kinds: ['elevator'],
  version: 5,
  remembers,
  title: { zh: '困人', en: 'Entrapment' },
  predicate: {
    zh: '轿厢静止、内有乘客，且（在开锁区域外，或平层而门一直不开）持续到设定时间；或控制器上报代码 93（恢复运行即失效）。已确认在轿厢内的乘客，门未在平层打开前信号消失不视为离开。检修、消防员模式下不判定。',
    en: 'The car stands still with a person in it and is outside the unlocking zone, or level with doors that stay shut, for the set time; or the controller sends code 93, which counts until a ride resumes. Who was surely seen in the car counts as out only once doors have opened at a landing. Not judged in inspection and firefighter mode.',
  },
  settings: {
    outsideZoneSeconds: setting(30, 's', outsideSource, 'V code'),
    atLevelSeconds: setting(40, 's', levelSource, 'V code'),
    stoppedSpeed: setting(0.1, 'm/s', 'speed deadband of deployed edge software', 'V code'),
    ...occupantSettings,
    jitterSeconds: setting(
      1.5,
      's',
      'a speed sensor or a door contact errs for a reading; a ride or a way out takes longer',
      'design',
    ),
  },
  bind: (_equipment, settings) => {
    const { outsideZoneSeconds, atLevelSeconds, stoppedSpeed, jitterSeconds, watchedSeconds } = settings
    return (frame, circumstances) => {
      if (handDriven(frame, circumstances)) {
        forgetOccupant(circumstances.memory)
        return false
      }
      if (said(frame, circumstances, stoppedSpeed)) {
        return { ...finding(frame, 'confirmed', 0, codeSource), reported: 'entrapment' }
      }
      const { memory, holding, opened } = circumstances
      const { time, door, inDoorZone } = frame
      const seen = carOccupied(frame, settings.personLoad)
      const wayOut = door !== 'closed' && inDoorZone !== false
      const occupied = stillOccupied(seen, wayOut, circumstances, settings)
      const verdict = stuck(frame, circumstances, stoppedSpeed, occupied)
      if (holding && !opened && rodeUnseen(frame, circumstances, watchedSeconds)) {
        forget(memory)
        return false
      }
      if (frame.alarmButton === true || circumstances.active.alarm_button !== undefined) memory.called = 1
      if (verdict === 'moving') return unlessForMoments(time, circumstances, jitterSeconds * 1000)
      if (verdict === 'open') return unlessForMoments(time, circumstances, 0)
      if (verdict !== true) {
        if (verdict === false && !opened) forget(memory)
        return verdict
      }
      // Nobody heard for how long it was otherwise.
      if (time - memory.contraryAt > watchedMs) {
        forget(memory)
        return false
      }
      memory.contraryAt = unknown
      const outside = frame.inDoorZone === false
      const dark = frame.power === 'off' || circumstances.active.main_power_off !== undefined
      const called = memory.called === 1
      const seconds = outside ? outsideZoneSeconds : atLevelSeconds
      const found = finding(frame, called ? 'confirmed' : 'suspected', seconds, outside ? outsideSource : levelSource)
      // Without mains it stays where it is, and what reports it may fall silent at once.
      return dark ? { ...found, doubtful: false } : found
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

function stuck(
  frame: ElevatorFrame,
  circumstances: Circumstances<Remembered>,
  stoppedSpeed: number,
  occupied: boolean | undefined,
): boolean | 'moving' | 'open' | undefined {
  const { door, inDoorZone } = frame
  const speed = carSpeed(frame, circumstances.base)
  if (speed !== undefined && Math.abs(speed) > stoppedSpeed) return 'moving'
  // Doors between two floors let nobody out, open or shut: only a door that opens at a landing does.
  const shut = door === 'closed' || inDoorZone === false
  if (!shut && door !== undefined && door !== 'unknown') return 'open'
  // Nobody gets out of a car that stands shut.
  if (occupied === false) return circumstances.opened ? undefined : false
  return speed === undefined || occupied === undefined || !shut ? undefined : true
}

/** Whether it is on another floor than when it was heard last, so long ago that a ride and its doors went unseen. */
function rodeUnseen(frame: ElevatorFrame, circumstances: Circumstances<Remembered>, watchedSeconds: number): boolean {
  const before = (circumstances.previous as ElevatorFrame | null)?.floor
  const unwatched = circumstances.sincePrevious > watchedSeconds * 1000
  return unwatched && frame.floor !== undefined && before !== undefined && frame.floor !== before
}

/**
 * What speaks against it once, a speed that jitters or a dirty door contact, begins no wait anew.
 * @param ms how long it must go on to count
 */
function unlessForMoments(time: number, circumstances: Circumstances<Remembered>, ms: number): Verdict {
  const { memory, holding, opened } = circumstances
  if (holding && !opened) {
    if (Number.isNaN(memory.contraryAt)) {
      memory.contraryAt = time
      return undefined
    }
    if (time - memory.contraryAt <= ms) return undefined
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
