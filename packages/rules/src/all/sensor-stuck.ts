import type { ElevatorFrame, EquipmentOf, HoistFrame } from '@lifeline/contracts'
import { defineRule, exceeds, type Finding, type Memory, setting } from '../rule.ts'

const source = 'a value that stays the same to the last digit through motion that must have changed it'
/** Below it a car stands and what its speed sensor shows is noise, m/s. */
const standing = 0.1
/** Frames further apart than this say nothing of what was between them, ms. */
const maxGapMs = 20_000
/** Frames further apart than this leave room for a whole ride between two rests, ms. */
const watchedMs = 3_500

/** 传感器卡死: a value does not follow the motion that another one shows. */
export const sensorStuck = defineRule({
  name: 'sensor_stuck',
  kinds: ['elevator', 'hoist'],
  version: 1,
  remembers: true,
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
    const found = (name: string, value: number, moved: number, limit: number, unit: string, holdMs = 0): Finding => ({
      severity: 'warning',
      lifeSafety: false,
      confidence: 'confirmed',
      holdMs,
      measured: { field: name, value, moved },
      limit: { value: limit, unit, source },
    })
    return (frame, { memory }) => {
      const { time, speed, floor, load, people, position, height } = frame as ElevatorFrame & HoistFrame
      const level = position ?? height
      const elapsed = time - (memory.lastAt ?? Number.NEGATIVE_INFINITY)
      const anew = elapsed > maxGapMs
      const path = followLevel(memory, anew, elapsed, speed, level)
      const error = followSpeed(memory, elapsed > watchedMs, time, speed, level)
      memory.lastAt = time
      if (speed !== undefined) memory.lastSpeed = speed
      if (level !== undefined && speed !== undefined) {
        // A speed that never varies and would have left the shaft is the one that is stuck.
        const varied = (memory.fastest ?? 0) - (memory.slowest ?? 0) > standing / 2
        if (varied && exceeds(path, distance)) return found(field, level, path, distance, 'm')
        if (!varied && exceeds(path, longest)) return found('speed', speed, path, longest, 'm')
        if (exceeds(error, distance)) return found('speed', speed, error, distance, 'm')
      }
      const passed = follow(memory, anew, 'unmoved', speed === undefined ? level : undefined, 'floorOfLevel', floor)
      if (passed >= 2) return found(field, level as number, passed, 2, 'landing')
      const climbed = follow(memory, anew, 'floor', floor, 'levelOfFloor', level)
      if (exceeds(climbed, distance)) return found('floor', floor as number, climbed, distance, 'm')
      const changed = follow(memory, anew, 'load', load, 'peopleOfLoad', people)
      if (changed >= settings.people) {
        return found('load', load as number, changed, settings.people, 'persons', settings.peopleSeconds * 1000)
      }
      return false
    }
  },
})

const levelField = ({ kind }: EquipmentOf<'elevator' | 'hoist'>): string => (kind === 'hoist' ? 'height' : 'position')

/** The way that the speed shows since the level last changed, m. */
function followLevel(
  memory: Memory,
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
  const slower = Math.min(Math.abs(speed), Math.abs(memory.lastSpeed ?? 0))
  const way = slower > standing ? (slower * elapsedMs) / 1000 : 0
  memory.path = (memory.path ?? 0) + way
  memory.slowest = Math.min(memory.slowest ?? speed, speed)
  memory.fastest = Math.max(memory.fastest ?? speed, speed)
  return memory.path
}

/** How far the level has moved, since the speed last changed, from where the speed says it should be, m. */
function followSpeed(
  memory: Memory,
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
  const moved = level - (memory.levelThen ?? level)
  return moved === 0 ? 0 : Math.abs(moved - (speed * (time - (memory.speedAt ?? time))) / 1000)
}

/** How far `other` has gone since the field last changed. */
function follow(
  memory: Memory,
  anew: boolean,
  field: string,
  value: number | undefined,
  otherField: string,
  other: number | undefined,
): number {
  if (value === undefined || other === undefined) return 0
  if (anew || memory[field] !== value || memory[otherField] === undefined) {
    memory[field] = value
    memory[otherField] = other
    return 0
  }
  return Math.abs(other - memory[otherField])
}
