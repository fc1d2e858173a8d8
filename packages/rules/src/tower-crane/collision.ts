import type { EquipmentOf } from '@lifeline/contracts'
import { defineRule, reportedSource, type SettingValues, setting, type Verdict } from '../rule.ts'
import { type CraneParts, craneParts, nearest, towerOnly } from './crane-geometry.ts'
import type { CranePose } from './crane-pose.ts'

const source = 'GB 5144-2006 10.5: at least 2 m between cranes; horizons as deployed systems predict, 5, 10 and 15 s'

/** 群塔碰撞: two cranes of a site are too near, or will be if they go on. The engine judges it for each pair. */
export const collision = defineRule({
  name: 'collision',
  kinds: ['tower-crane'],
  version: 1,
  reports: { slugs: ['collision_alarm'], severity: 'critical', lifeSafety: true, source: reportedSource },
  title: { zh: '群塔碰撞', en: 'Collision course' },
  predicate: {
    zh: '按实测回转、变幅、起升速度外推，两塔机的起重臂、塔身、吊钩绳之间的空间距离将在 15 秒（预警）、10 秒（报警）、5 秒（危急）内小于安全距离。双方均静止时不新报。',
    en: 'By their measured slewing, trolleying and hoisting, the distance in space between jibs, towers and hook lines of two cranes will be less than the safe one within 15 s (warns), 10 s (alarms) or 5 s (critical). Nothing new is told while both stand still.',
  },
  settings: {
    safeDistance: setting(2, 'm', source, 'M', 'higher'),
    warningSeconds: setting(15, 's', source, 'V code', 'higher'),
    alarmSeconds: setting(10, 's', source, 'V code', 'higher'),
    criticalSeconds: setting(5, 's', source, 'V code', 'higher'),
    holdSeconds: setting(1, 's', 'one noisy angle is no course; not waited for within the critical time', 'design'),
  },
  // A frame alone shows none; but the crane's own anti-collision device may say so.
  bind: () => () => false,
})

export type CollisionSettings = SettingValues<(typeof collision)['settings']>

export interface PosedCrane {
  readonly equipment: EquipmentOf<'tower-crane'>
  /** null where it is not known: then only its tower is. */
  readonly pose: CranePose | null
  readonly settings: CollisionSettings
}

/** A crane that is late is taken to go on as it did for so many report intervals, then to stand there. */
const extrapolatedIntervals = 2
/** Degrees and metres per second below which a crane stands. */
const still = { slewRate: 0.5, metresPerSecond: 0.15 }

/** How long since the pose the crane is taken to have gone on, ms, and whether it still does. */
function goneOn({ equipment, pose }: PosedCrane, now: number): { readonly ms: number; readonly goesOn: boolean } {
  const most = extrapolatedIntervals * equipment.reportInterval * 1000
  const age = Math.max(now - (pose?.at ?? Number.NEGATIVE_INFINITY), 0)
  return { ms: Math.min(age, most), goesOn: age <= most }
}

/** The speed of the fastest part of a crane at a moment of the log, m/s; 0 where it stands. */
export function fastest(crane: PosedCrane, now: number): number {
  const { equipment, pose } = crane
  if (pose === null || !goneOn(crane, now).goesOn) return 0
  const { slewRate, radiusRate, hookRate } = pose
  const turning = Math.abs(slewRate) > still.slewRate
  const reaching = Math.hypot(radiusRate, hookRate) > still.metresPerSecond
  if (!turning && !reaching) return 0
  const { jibLength, counterJibLength } = equipment.parameters
  const tip = (Math.abs(slewRate) * Math.PI * Math.max(jibLength, counterJibLength)) / 180
  return tip + Math.hypot(radiusRate, hookRate)
}

/** Whether two cranes can touch at all, wherever their jibs point. */
export function withinReach(a: EquipmentOf<'tower-crane'>, b: EquipmentOf<'tower-crane'>, distance: number): boolean {
  const [first, second] = [a.parameters, b.parameters]
  const apart = Math.hypot(first.position.east - second.position.east, first.position.north - second.position.north)
  return apart <= first.jibLength + second.jibLength + distance
}

/**
 * Whether a crane is on a collision course with another at a moment of the log.
 * @param holding it was at the last judgement
 * @param now log time, ms
 */
export function judgeCollision(mover: PosedCrane, other: PosedCrane, holding: boolean, now: number): Verdict {
  const setting = (name: keyof CollisionSettings): number => Math.max(mover.settings[name], other.settings[name])
  const safe = setting('safeDistance')
  const speed = fastest(mover, now) + fastest(other, now)
  if (speed === 0) {
    const { distance } = nearest(partsAt(mover, now, 0), partsAt(other, now, 0))
    return holding && distance < safe ? undefined : false
  }
  const horizon = setting('warningSeconds')
  const meeting = timeToMeet(mover, other, now, safe, speed, horizon)
  if (meeting === undefined) return false
  const critical = meeting.seconds <= setting('criticalSeconds')
  const alarm = meeting.seconds <= setting('alarmSeconds')
  return {
    severity: critical ? 'critical' : alarm ? 'major' : 'warning',
    lifeSafety: true,
    confidence: 'confirmed',
    holdMs: critical ? 0 : setting('holdSeconds') * 1000,
    measured: {
      other: other.equipment.deviceId,
      distance: round(meeting.distanceNow),
      timeToCollision: round(meeting.seconds),
      parts: meeting.parts,
      ...(other.pose === null ? {} : { otherAgeSeconds: round(Math.max(now - other.pose.at, 0) / 1000) }),
    },
    limit: { value: safe, unit: 'm', source },
  }
}

const round = (value: number): number => Math.round(value * 100) / 100

interface Meeting {
  readonly seconds: number
  readonly distanceNow: number
  readonly parts: string
}

/** The first moment within the horizon at which they are nearer than `safe`. Nothing moves faster than `speed`. */
function timeToMeet(
  a: PosedCrane,
  b: PosedCrane,
  now: number,
  safe: number,
  speed: number,
  horizon: number,
): Meeting | undefined {
  let distanceNow: number | undefined
  for (let ahead = 0; ahead <= horizon; ) {
    const { distance, parts } = nearest(partsAt(a, now, ahead), partsAt(b, now, ahead))
    distanceNow ??= distance
    if (distance < safe) return { seconds: ahead, distanceNow, parts }
    ahead += Math.max((distance - safe) / speed, 0.1)
  }
  return undefined
}

function partsAt(crane: PosedCrane, now: number, ahead: number): CraneParts {
  if (crane.pose === null) return towerOnly(crane.equipment.parameters)
  const { ms, goesOn } = goneOn(crane, now)
  return craneParts(crane.equipment.parameters, crane.pose, ms / 1000 + (goesOn ? ahead : 0))
}
