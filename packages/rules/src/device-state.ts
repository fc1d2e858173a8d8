import type { Equipment, Frame, LoggedEvent } from '@lifeline/contracts'
import type { Unreadable } from './all/unreadable-data.ts'
import { type DeviceClock, newDeviceClock } from './device-clock.ts'
import type { Episode } from './episode.ts'
import { type FrameSequence, newFrameSequence } from './frame-sequence.ts'
import type { Memory } from './rule.ts'
import type { Gap } from './silence-gaps.ts'
import type { CranePose } from './tower-crane/crane-pose.ts'

/** All the engine remembers of a device; plain data, so that a snapshot is its JSON. */
export interface DeviceState {
  equipment: Equipment
  clock: DeviceClock
  /** The newest frame that was judged, without implausible and stuck values. */
  frame: Frame | null
  /** Active controller events by code: device time since when. */
  active: Record<string, number>
  /** By key of the bound rule. */
  episodes: Record<string, Episode>
  /** When each rule's last incident opened, true time, by key of the bound rule. */
  openings: Record<string, number>
  /** What rules remember, by rule name. */
  memory: Record<string, Memory>
  sequence: FrameSequence
  /** A frame before that, at least a second old: what is derived from two frames needs time between them. */
  base: Frame | null
  /** Events older than the newest frame, while it is not clear whether they are history. */
  asideEvents: LoggedEvent[] | null
  /** Frames older than the newest, while it is not clear whether they are late or the clock was set back. */
  aside: Frame[] | null
  /** Outages that a backlog may still fill. */
  gaps: Gap[]
  /** A backlog that comes beside live frames is judged apart, as a device that is catching up. */
  backlog: DeviceState | null
  /** A crane's. */
  pose: CranePose | null
  /** What it has sent since anything of it was understood; null where that was the last. */
  unreadable: Unreadable | null
  /** Gateway clock of what was understood last; null before the first. */
  lastSeenAt: number | null
  /** The partition's listening clock when it was heard last, or registered. */
  heardAt: number
  /** The listening clock at its last will, until it is heard again. */
  willAt: number | null
}

export const newDeviceState = (equipment: Equipment, listeningMs: number): DeviceState => ({
  equipment,
  clock: newDeviceClock(),
  frame: null,
  base: null,
  asideEvents: null,
  active: {},
  episodes: {},
  openings: {},
  memory: {},
  sequence: newFrameSequence(),
  aside: null,
  gaps: [],
  backlog: null,
  pose: null,
  unreadable: null,
  lastSeenAt: null,
  heardAt: listeningMs,
  willAt: null,
})

/** The part of a device's state in which its backlog is judged. */
export const newBacklog = ({ equipment, clock }: DeviceState): DeviceState => ({
  ...newDeviceState(equipment, 0),
  clock: { ...newDeviceClock(), offset: clock.offset, catchingUp: true },
})

/**
 * Carries all times kept of the device over to a clock that was set by `shift` ms.
 * @param onLogClock whether an episode, by its key, keeps the log's time
 */
export function shiftTimes(state: DeviceState, shift: number, onLogClock: (key: string) => boolean): void {
  for (const code in state.active) state.active[code] = (state.active[code] as number) + shift
  for (const memory of Object.values(state.memory)) {
    for (const name in memory) if (name.endsWith('At')) memory[name] = (memory[name] as number) + shift
  }
  if (state.frame !== null) state.frame = { ...state.frame, time: state.frame.time + shift }
  if (state.base !== null) state.base = { ...state.base, time: state.base.time + shift }
  state.gaps = []
  for (const key in state.episodes) {
    const episode = state.episodes[key] as Episode
    if (onLogClock(key)) continue
    episode.since += shift
    episode.seenAt += shift
    if (episode.endedAt !== null) episode.endedAt += shift
    if (episode.opened === null) continue
    episode.opened.at += shift
    if (episode.opened.milderSince !== null) episode.opened.milderSince += shift
  }
}
