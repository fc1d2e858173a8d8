import type { ElevatorFrame, EquipmentOf, HoistFrame } from '@lifeline/contracts'
import { type Memory, unknown } from '../memory.ts'
import { defineRule, exceeds, type Finding, setting } from '../rule.ts'

const source = 'a value that stays the same to the last digit through motion that must have changed it'
/** Below it a car stands and what its speed sensor shows is noise, m/s. */
const standing = 0.1
/** Frames further apart than this say nothing of what was between them, ms. */
const maxGapMs = 20_000
/** Frames further apart than this leave room for a whole ride between two rests, ms. */
const watchedMs = 3_500

const remembers = [
  'lastAt',
  'lastSpeed',
  'level',
  'path',
  'slowest',
  'fastest',
  'speed',
  'speedAt',
  'levelThen',
  'unmoved',
  'floorOfLevel',
  'floor',
  'levelOfFloor',
  'load',
  'peopleOfLoad',
  'peopleSure',
  'stuck',
  'value',
  'moved',
] as const
type Field = (typeof fields)[number]
type Stuck = Memory<(typeof remembers)[number]>

/** What may be stuck, by its place here. */
const fields = ['position', 'height', 'speed', 'floor', 'load'] as const

/** 传感器卡死: a value does not follow the motion that another one shows. */
export const sensorStuck = defineRule({
  name: 'sensor_stuck',
  kinds: ['elevator', 'hoist'],
  version: 3,
  remembers,
  title: { zh: '传感器数值卡死', en: 'Sensor stuck' },
  predicate: {
    zh: '应随运动变化的数值（位置、高度、速度、楼层、载荷）保持不变，而另一数值表明设备已运动超过设定距离（或人数变化超过设定值）；其他规则不再使用该字段。',
    en: 'A value that motion must change (position, height, speed, floor, load) stays the same while another shows a motion of more than set (for load: a change of people). No other rule uses the field then.',
  },
  settings: {
    distance: setting(4, 'm', source, 'design'),
    people: setting(2, 'persons', source, 'design'),
    peopleSeconds: setting(
      10,
      's',
      'a detector loses people who stand still for moments: nobody stepped out',
      'design',
    ),
    rejoinSeconds: setting(60, 's', 'it takes a while of motion to show again', 'design'),
  },
  bind: (equipment, settings) => {
    const storey = equipment.kind === 'elevator' ? equipment.parameters.travel / (equipment.parameters.floors - 1) : 3
    const distance = Math.max(settings.distance, 2.2 * storey)
    const longest = equipment.parameters.travel + distance
    const field = levelField(equipment)
    const found = (
      memory: Stuck,
      name: Field,
      value: number,
      moved: number,
      limit: number,
      unit: string,
      holdMs = 0,
    ): Finding => {
      memory.stuck = fields.indexOf(name)
      memory.value = value
      memory.moved = moved
      return {
        severity: 'warning',
        lifeSafety: false,
        confidence: 'confirmed',
        holdMs,
        measured: { field: name, value, moved },
        limit: { value: limit, unit, source },
      }
    }
    return (frame, { memory, opened }) => {
      const { time, speed, floor, load, people, position, height } = frame as ElevatorFrame & HoistFrame
      const level = position ?? height
      const elapsed = time - memory.lastAt
      const anew = !(elapsed <= maxGapMs)
      const path = followLevel(memory, anew, elapsed, speed, level)
      const error = followSpeed(memory, !(elapsed <= watchedMs), time, speed, level)
      memory.lastAt = time
      if (speed !== undefined) memory.lastSpeed = speed
      if (level !== undefined && speed !== undefined) {
        // A speed that never varies and would have left the shaft is the one that is stuck.
        const varied = memory.fastest > memory.slowest
        if (varied && exceeds(path, distance)) return found(memory, field, level, path, distance, 'm')
        if (!varied && exceeds(path, longest)) return found(memory, 'speed', speed, path, longest, 'm')
        if (exceeds(error, distance)) return found(memory, 'speed', speed, error, distance, 'm')
      }
      if (level !== undefined && floor !== undefined) {
        const passed = speed === undefined ? landingsPassed(memory, anew, level, floor) : 0
        if (passed >= 2) return found(memory, field, level, passed, 2, 'landing')
        const climbed = climbedOnFloor(memory, anew, floor, level)
        if (exceeds(climbed, distance)) return found(memory, 'floor', floor, climbed, distance, 'm')
      }
      if (load !== undefined && people !== undefined) {
        const changed = changedUnderLoad(memory, anew, elapsed, load, people)
        if (changed >= settings.people) {
          return found(memory, 'load', load, changed, settings.people, 'persons', settings.peopleSeconds * 1000)
        }
      }
      // It is well again once it changes, not where the motion has come back to it.
      const name = opened ? fields[memory.stuck] : undefined
      if (name === undefined || { position, height, speed, floor, load }[name] !== memory.value) return false
      const [limit, unit] = name === 'load' ? [settings.people, 'persons'] : [distance, 'm']
      return found(memory, name, memory.value, memory.moved, limit, unit)
    }
  },
})

const levelField = ({ kind }: EquipmentOf<'elevator' | 'hoist'>): Field => (kind === 'hoist' ? 'height' : 'position')

/** The way that the speed shows since the level last changed, m. */
function followLevel(
  memory: Stuck,
  anew: boolean,
  elapsedMs: number,
  speed: number | undefined,
  level: number | undefined,
): number {
  if (level === undefined || speed === undefined) return 0
  if (anew || memory.level !== level) {
    memory.level = level
    memory.path = 0
    memory.slowest = memory.fastest = speed
    return 0
  }
  // As slow as the slower end of the stretch; a stretch that has a rest at one end tells nothing.
  const slower = Math.min(Math.abs(speed), Math.abs(memory.lastSpeed))
  if (slower > standing) memory.path += (slower * elapsedMs) / 1000
  memory.slowest = Math.min(memory.slowest, speed)
  memory.fastest = Math.max(memory.fastest, speed)
  return memory.path
}

/** How far the level has moved, since the speed last changed, from where the speed says it should be, m. */
function followSpeed(
  memory: Stuck,
  anew: boolean,
  time: number,
  speed: number | undefined,
  level: number | undefined,
): number {
  if (level === undefined || speed === undefined) return 0
  if (anew || memory.speed !== speed) {
    memory.speed = speed
    memory.speedAt = time
    memory.levelThen = level
    return 0
  }
  const moved = level - memory.levelThen
  return moved === 0 ? 0 : Math.abs(moved - (speed * (time - memory.speedAt)) / 1000)
}

/** How many landings the floor has passed since the level last changed. */
function landingsPassed(memory: Stuck, anew: boolean, level: number, floor: number): number {
  if (!anew && memory.unmoved === level) return Math.abs(floor - memory.floorOfLevel)
  memory.unmoved = level
  memory.floorOfLevel = floor
  return 0
}

/** How far the level has gone since the floor last changed, m. */
function climbedOnFloor(memory: Stuck, anew: boolean, floor: number, level: number): number {
  if (!anew && memory.floor === floor) return Math.abs(level - memory.levelOfFloor)
  memory.floor = floor
  memory.levelOfFloor = level
  return 0
}

/** By how many the people have changed since the load last did. */
function changedUnderLoad(memory: Stuck, anew: boolean, elapsedMs: number, load: number, people: number): number {
  const same = !anew && memory.load === load
  if (same && elapsedMs > 0 && people === memory.peopleOfLoad) memory.peopleSure = 1
  if (same && memory.peopleSure === 1) return Math.abs(people - memory.peopleOfLoad)
  // One count may be noise: the next one tells.
  memory.load = load
  memory.peopleOfLoad = people
  memory.peopleSure = unknown
  return 0
}
