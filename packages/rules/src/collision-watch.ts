import type { EquipmentOf, TowerCraneFrame } from '@lifeline/contracts'
import type { BoundRules } from './bound-rules.ts'
import type { DeviceState } from './device-state.ts'
import { episodeOf } from './episode.ts'
import type { EpisodeBook } from './episode-book.ts'
import { fastest, judgeCollision, type PosedCrane, withinReach } from './tower-crane/collision.ts'
import { nextPose } from './tower-crane/crane-pose.ts'

export interface WatchedCrane {
  readonly state: DeviceState
  readonly rules: BoundRules
}

/** Watches the pairs of cranes of a partition's sites, each pair anew with every frame of one of the two. */
export class CollisionWatch {
  readonly #book: EpisodeBook
  /** By site. */
  readonly #cranes = new Map<string, Map<string, WatchedCrane>>()

  constructor(book: EpisodeBook) {
    this.#book = book
  }

  add(crane: WatchedCrane): void {
    const { deviceId, siteId, kind } = crane.state.equipment
    this.remove(deviceId)
    if (kind !== 'tower-crane') return
    const site = this.#cranes.get(siteId) ?? new Map<string, WatchedCrane>()
    this.#cranes.set(siteId, site.set(deviceId, crane))
  }

  remove(deviceId: string): void {
    for (const site of this.#cranes.values()) site.delete(deviceId)
  }

  /** Takes a crane's frame as it was received at a moment of the log, and judges its pairs. */
  take(state: DeviceState, frame: TowerCraneFrame): void {
    const { deviceId, siteId } = state.equipment
    const now = this.#book.logNow
    state.pose = nextPose(state.pose, frame, Math.min(frame.time + state.offset, now))
    const site = this.#cranes.get(siteId)
    const own = site?.get(deviceId)
    if (site === undefined || own === undefined) return
    for (const other of site.values()) if (other !== own) this.#judge(own, other, now)
  }

  #judge(one: WatchedCrane, two: WatchedCrane, now: number): void {
    const [idOne, idTwo] = [one.state.equipment.deviceId, two.state.equipment.deviceId]
    const held = episodeOf(two.state.episodes, two.rules.collisionWith(idOne).key) !== undefined
    const a = posed(one, idTwo)
    const b = posed(two, idOne)
    if (a === undefined || b === undefined) return
    if (!withinReach(a.equipment, b.equipment, Math.max(a.settings.safeDistance, b.settings.safeDistance))) return
    const holdsOne = episodeOf(one.state.episodes, one.rules.collisionWith(idTwo).key) !== undefined
    // The moving one has the incident, for as long as it lasts; of two that move, the faster.
    const [mover, other] = held || (!holdsOne && fastest(b, now) > fastest(a, now)) ? [two, one] : [one, two]
    const [first, second] = mover === one ? [a, b] : [b, a]
    const bound = mover.rules.collisionWith(other.state.equipment.deviceId)
    const episode = episodeOf(mover.state.episodes, bound.key)
    const verdict = judgeCollision(first, second, episode?.endedAt === null, now)
    if (verdict || episode !== undefined) this.#book.judge(mover.state, bound, verdict, now)
  }
}

function posed({ state, rules }: WatchedCrane, otherId: string): PosedCrane | undefined {
  const { equipment, pose } = state
  if (equipment.kind !== 'tower-crane') return undefined
  return {
    equipment: equipment satisfies EquipmentOf<'tower-crane'>,
    pose,
    settings: rules.collisionWith(otherId).settings,
  }
}
