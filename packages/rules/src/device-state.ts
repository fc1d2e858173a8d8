import { type Equipment, type Frame, type Kind, kinds, type LoggedEvent } from '@lifeline/contracts'
import type { Unreadable } from './all/unreadable-data.ts'
import { remembered } from './bound-rules.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Episode } from './episode.ts'
import type { FrameSequence } from './frame-sequence.ts'
import { unknown } from './memory.ts'
import type { Gap } from './silence-gaps.ts'
import type { CranePose } from './tower-crane/crane-pose.ts'

/** All the engine remembers of a device; plain data, so that a snapshot is its JSON. */
export interface DeviceState extends DeviceClock, FrameSequence {
  equipment: Equipment
  /** The newest frame that was judged, without implausible and stuck values. */
  frame: Frame | null
  /** Its time: the frame itself is hardly ever looked at again. */
  frameTime: number
  /** Active controller events by code: device time since when. Machines without any share one. */
  active: Readonly<Record<string, number>>
  /** In the order they began. Machines without any share one list. */
  episodes: readonly Episode[]
  /** When each rule's last incident opened, true time, by key of the bound rule. */
  openings: Record<string, number>
  /** What rules remember, as `remembered` names it. */
  memory: number[]
  /** A frame before that, at least a second old: what is derived from two frames needs time between them. */
  base: Frame | null
  baseTime: number
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
  /** Gateway clock of what was understood last; unknown before the first. */
  lastSeenAt: number
  /** The partition's listening clock when it was heard last, or registered. */
  heardAt: number
  /** The listening clock at its last will, until it is heard again; else unknown. */
  willAt: number
}

const noCodes: DeviceState['active'] = {}
const noEpisodes: DeviceState['episodes'] = []
const nothingRemembered = Object.fromEntries(
  kinds.map((kind) => [kind, remembered[kind].map(() => unknown)]),
) as unknown as Readonly<Record<Kind, readonly number[]>>

/**
 * Written out in one piece: so V8 keeps all of it in one place of the memory. What may have a fraction or a time begins
 * as one: a whole number there first would give each state a second shape, and the hot path would be compiled for ever.
 */
export const newDeviceState = (equipment: Equipment, listeningMs: number): DeviceState => {
  const state: DeviceState = {
    equipment,
    offset: unknown,
    lastTime: unknown,
    lastReceivedAt: unknown,
    watched: null,
    catchingUp: false,
    frame: null,
    frameTime: unknown,
    base: null,
    baseTime: unknown,
    asideEvents: null,
    active: noCodes,
    episodes: noEpisodes,
    openings: {},
    memory: nothingRemembered[equipment.kind].slice(),
    lastSeq: -1,
    counts: false,
    held: null,
    aside: null,
    gaps: [],
    backlog: null,
    pose: null,
    unreadable: null,
    lastSeenAt: unknown,
    heardAt: unknown,
    willAt: unknown,
  }
  state.offset = 0
  state.lastTime = -1
  state.lastReceivedAt = -1
  state.heardAt = listeningMs
  return state
}

/** Takes a code as active since a time of the device, where it was not. */
export function activate(state: DeviceState, code: string, since: number): void {
  if (state.active[code] === undefined) state.active = { ...state.active, [code]: since }
}

export function deactivate(state: DeviceState, code: string): void {
  const { [code]: ended, ...active } = state.active
  if (ended !== undefined) state.active = Object.keys(active).length === 0 ? noCodes : active
}

export function begin(state: DeviceState, episode: Episode): void {
  state.episodes = [...state.episodes, episode]
}

export function forget(state: DeviceState, episode: Episode): void {
  const others = state.episodes.filter((other) => other !== episode)
  state.episodes = others.length === 0 ? noEpisodes : others
}

/**
 * A device's state as a snapshot has it: what is unknown is null there.
 * @param names of the numbers that the snapshot's rules remembered, in their order
 */
export function readDeviceState(read: DeviceState, names: readonly string[]): DeviceState {
  const state = known(newDeviceState(read.equipment, read.heardAt), read)
  state.memory = remembered[read.equipment.kind].map((name) => read.memory[names.indexOf(name)] ?? unknown)
  if (Object.keys(read.active).length === 0) state.active = noCodes
  if (read.episodes.length === 0) state.episodes = noEpisodes
  if (read.backlog !== null) state.backlog = readDeviceState(read.backlog, names)
  return state
}

/** `anew` with what is known of it: every state then has its fields in the same order, whether it was read or not. */
function known<T extends object>(anew: T, read: T): T {
  for (const name in anew) anew[name] = read[name] ?? anew[name]
  return anew
}

/** The part of a device's state in which its backlog is judged. */
export const newBacklog = ({ equipment, offset }: DeviceState): DeviceState => ({
  ...newDeviceState(equipment, 0),
  offset,
  catchingUp: true,
})

/**
 * Carries all times kept of the device over to a clock that was set by `shift` ms.
 * @param onLogClock whether an episode, by its key, keeps the log's time
 */
export function shiftTimes(state: DeviceState, shift: number, onLogClock: (key: string) => boolean): void {
  state.active = Object.fromEntries(Object.entries(state.active).map(([code, since]) => [code, since + shift]))
  remembered[state.equipment.kind].forEach((name, i) => {
    if (name.endsWith('At')) state.memory[i] = (state.memory[i] as number) + shift
  })
  if (state.frame !== null) state.frame = { ...state.frame, time: state.frame.time + shift }
  if (state.base !== null) state.base = { ...state.base, time: state.base.time + shift }
  state.frameTime += shift
  state.baseTime += shift
  state.gaps = []
  for (const episode of state.episodes) {
    if (onLogClock(episode.key)) continue
    episode.since += shift
    episode.seenAt += shift
    if (episode.endedAt !== null) episode.endedAt += shift
    if (episode.opened === null) continue
    episode.opened.at += shift
    if (episode.opened.milderSince !== null) episode.opened.milderSince += shift
    if (episode.opened.graverSince !== undefined) episode.opened.graverSince += shift
  }
}
