import type { ElevatorFrame } from '@lifeline/contracts'
import { type Memory, unknown } from '../memory.ts'
import { defineRule, type Finding, setting } from '../rule.ts'
import { handDriven } from './car-mode.ts'

const loopSource = 'repeated opening and closing (province code 14 反复开关门); the number is ours'
const codeSource = 'controller codes 2 and 3 (GB/T 24476-2017 clause 11)'
/** Frames further apart than this leave room for a whole stop, ms. */
const watchedMs = 5_000
const slowSource = 'a door takes a few seconds; one that is under way for so long does not arrive'

const remembers = ['closing', 'firstAt', 'times'] as const
type Loop = Memory<(typeof remembers)[number]>

/** 门故障: the door re-opens again and again, does not arrive, or the controller says so (codes 2 and 3). */
export const doorFault = defineRule({
  name: 'door_fault',
  kinds: ['elevator'],
  version: 1,
  reports: {
    slugs: ['door_close_fault', 'door_open_fault', 'door_reversing_repeatedly'],
    severity: 'warning',
    lifeSafety: false,
    source: codeSource,
  },
  remembers,
  title: { zh: '门故障', en: 'Door fault' },
  predicate: {
    zh: '门在设定时间内反复重开达到设定次数；或门持续处于开启中、关闭中、受阻超过设定时间；或控制器上报代码 2、3。',
    en: 'The door re-opens the set number of times within the set time; or is opening, closing or obstructed for longer than set; or the controller sends code 2 or 3.',
  },
  settings: {
    reopenings: setting(5, 'times', loopSource, 'design'),
    withinSeconds: setting(120, 's', loopSource, 'design'),
    underWaySeconds: setting(20, 's', slowSource, 'design'),
    rejoinSeconds: setting(60, 's', 'it takes a few turns to show again', 'design'),
  },
  bind: (_equipment, { reopenings, withinSeconds, underWaySeconds }) => {
    const found = (holdMs: number, measured: Finding['measured'], limit: Finding['limit']): Finding => ({
      severity: 'warning',
      lifeSafety: false,
      confidence: 'confirmed',
      holdMs,
      measured,
      limit,
    })
    return (frame, circumstances) => {
      if (frame.door === undefined || frame.door === 'unknown') return undefined
      if (handDriven(frame, circumstances)) return false
      const { memory } = circumstances
      const times = countReopening(memory, frame, withinSeconds * 1000)
      if (times >= reopenings) {
        return found(0, { reopenings: times }, { value: reopenings, unit: 'times', source: loopSource })
      }
      if (frame.door === 'open' || frame.door === 'closed') return false
      const door = frame.door
      // Another movement, or one that was not watched, begins a wait of its own.
      const { previous, sincePrevious } = circumstances
      const before = previous === null ? undefined : (previous as ElevatorFrame).door
      if (before !== door || sincePrevious > watchedMs) return false
      return found(underWaySeconds * 1000, { door }, { value: underWaySeconds, unit: 's', source: slowSource })
    }
  },
})

/** Counts the times in a row that the door turned back, each within the window of the first. */
function countReopening(memory: Loop, { time, door }: ElevatorFrame, windowMs: number): number {
  const turnsBack = memory.closing === 1 && (door === 'opening' || door === 'open')
  memory.closing = door === 'closing' || (memory.closing === 1 && door === 'obstructed') ? 1 : 0
  // A door that has shut has ended its loop.
  if (door === 'closed' || time - memory.firstAt > windowMs) {
    memory.firstAt = unknown
    memory.times = unknown
  }
  if (turnsBack) {
    if (Number.isNaN(memory.firstAt)) memory.firstAt = time
    memory.times = Number.isNaN(memory.times) ? 1 : memory.times + 1
  }
  return memory.times
}
