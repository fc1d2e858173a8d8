import type { Equipment, Frame, FrameRecord, RuleName, TowerCraneFrame } from '@lifeline/contracts'
import { effectiveSettings } from '@lifeline/rules'
import { implausibleFields } from '../../../packages/rules/src/all/plausible-range.ts'
import { rulesOf } from '../../../packages/rules/src/catalogue.ts'
import { type Memory, unknown } from '../../../packages/rules/src/memory.ts'
import type { Finding, Judge, Verdict } from '../../../packages/rules/src/rule.ts'
import {
  type CollisionSettings,
  fastest,
  judgeCollision,
  type PosedCrane,
  withinReach,
} from '../../../packages/rules/src/tower-crane/collision.ts'
import { type CranePose, nextPose } from '../../../packages/rules/src/tower-crane/crane-pose.ts'
import type { ToldIncident } from './scores.ts'

/** One threshold with its duration, on one device. */
interface Threshold {
  readonly rule: RuleName
  readonly judge: Judge<Frame> | undefined
  /** What a comparison with before needs: a count of turns, the place of the stop. */
  readonly memory: Memory
  since: number | undefined
  opened: boolean
  holdMs: number
  lifeSafety: boolean
}

interface PlainDevice {
  equipment: Equipment
  thresholds: Threshold[]
  previous: Frame | null
  heardAt: number
  pose: CranePose | null
}

/**
 * The rules as plain thresholds with durations, with the same predicates, limits and hold times: each frame is judged
 * alone and in the order it arrives, and the first one in which the condition does not hold ends it. No hysteresis,
 * no rejoining, no repair of the sequence, no backlog, no plausibility, no memory of who was in the car.
 */
export class PlainRules {
  readonly #devices = new Map<string, PlainDevice>()
  #told: ToldIncident[] = []
  #now = 0

  register(equipment: Equipment, now: number): void {
    const thresholds = thresholdsOf(equipment)
    const known = this.#devices.get(equipment.deviceId)
    if (known === undefined) {
      this.#devices.set(equipment.deviceId, { equipment, thresholds, previous: null, heardAt: now, pose: null })
    } else Object.assign(known, { equipment, thresholds })
  }

  takeTold(): ToldIncident[] {
    const told = this.#told
    this.#told = []
    return told
  }

  frame({ deviceId, frame, receivedAt }: FrameRecord): void {
    const device = this.#devices.get(deviceId)
    if (device === undefined) return
    this.#now = receivedAt
    device.heardAt = receivedAt
    if (device.equipment.kind === 'tower-crane')
      device.pose = nextPose(device.pose, frame as TowerCraneFrame, receivedAt)
    for (const threshold of device.thresholds) {
      if (threshold.rule !== 'offline') this.#take(device, threshold, this.#judge(device, threshold, frame))
    }
    device.previous = frame
  }

  tick(now: number): void {
    this.#now = now
    for (const device of this.#devices.values()) {
      for (const threshold of device.thresholds) {
        if (threshold.rule === 'offline') {
          const silent = now - device.heardAt > 3_000 * device.equipment.reportInterval
          this.#take(device, threshold, silent && simply(0))
        } else this.#pass(device, threshold)
      }
    }
  }

  #judge(device: PlainDevice, { rule, judge, memory }: Threshold, frame: Frame): Verdict {
    if (rule === 'sensor_implausible') {
      return implausibleFields(device.equipment.kind, frame) === undefined ? false : simply(0)
    }
    if (rule === 'clock_skew') return Math.abs(this.#now - frame.time) > 60_000 && simply(0)
    if (rule === 'collision') return this.#collides(device)
    const { previous } = device
    // Rates are between a frame and the one before, whatever else the rules know of.
    const sincePrevious = previous === null ? Number.POSITIVE_INFINITY : frame.time - previous.time
    const alone = {
      active: {},
      previous,
      sincePrevious,
      base: previous,
      holding: false,
      opened: false,
      logNow: this.#now,
    }
    // What an entrapment remembers is who is in the car; what others do is what they compare with.
    return judge?.(frame, { ...alone, memory: rule === 'entrapment' ? { ...memory } : memory })
  }

  #collides(device: PlainDevice): Verdict {
    const own = posed(device)
    if (own === undefined) return undefined
    for (const other of this.#devices.values()) {
      const theirs = other === device ? undefined : posed(other)
      if (theirs === undefined || !withinReach(own.equipment, theirs.equipment, 2)) continue
      if (fastest(theirs, this.#now) > fastest(own, this.#now)) continue
      return judgeCollision(own, theirs, false, this.#now)
    }
    return false
  }

  #take(device: PlainDevice, threshold: Threshold, verdict: Verdict): void {
    if (!verdict) {
      threshold.since = undefined
      threshold.opened = false
      return
    }
    threshold.since ??= this.#now
    threshold.holdMs = verdict.holdMs
    threshold.lifeSafety = verdict.lifeSafety
    this.#pass(device, threshold)
  }

  #pass({ equipment }: PlainDevice, threshold: Threshold): void {
    const { since, opened, holdMs, rule, lifeSafety } = threshold
    if (since === undefined || opened || this.#now - since < holdMs) return
    threshold.opened = true
    this.#told.push({ deviceId: equipment.deviceId, kind: equipment.kind, rule, lifeSafety, toldAt: this.#now })
  }
}

function thresholdsOf(equipment: Equipment): Threshold[] {
  const values = effectiveSettings(equipment)
  return rulesOf(equipment.kind).map(({ name, bind, remembers = [] }) => ({
    rule: name,
    judge: bind?.(equipment, values[name] ?? {}),
    memory: Object.fromEntries(remembers.map((it) => [it, unknown])),
    since: undefined,
    opened: false,
    holdMs: 0,
    lifeSafety: false,
  }))
}

const simply = (holdMs: number): Finding => ({
  severity: 'warning',
  lifeSafety: false,
  confidence: 'confirmed',
  holdMs,
  measured: {},
  limit: { value: 0, unit: '', source: '' },
})

function posed({ equipment, pose }: PlainDevice): PosedCrane | undefined {
  if (pose === null || equipment.kind !== 'tower-crane') return undefined
  return { equipment, pose, settings: effectiveSettings(equipment).collision as CollisionSettings }
}
