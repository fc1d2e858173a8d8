import type { Equipment, Frame } from '@lifeline/contracts'
import { type DeviceClock, newDeviceClock } from './device-clock.ts'
import type { Episode } from './episode.ts'

/** All the engine remembers of a device; plain data, so that a snapshot is its JSON. */
export interface DeviceState {
  equipment: Equipment
  clock: DeviceClock
  /** The newest frame that was judged, without implausible values. */
  frame: Frame | null
  /** Active controller events by code: device time since when. */
  active: Record<string, number>
  /** By rule name. */
  episodes: Record<string, Episode>
  /** Gateway clock of what was heard last; null before the first. */
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
  active: {},
  episodes: {},
  lastSeenAt: null,
  heardAt: listeningMs,
  willAt: null,
})

/** Carries all times kept of the device over to a clock that was set by `shift` ms. */
export function shiftTimes(state: DeviceState, shift: number): void {
  for (const code in state.active) state.active[code] = (state.active[code] as number) + shift
  for (const rule in state.episodes) {
    const episode = state.episodes[rule] as Episode
    if (rule === 'offline') continue
    episode.since += shift
    if (episode.endedAt !== null) episode.endedAt += shift
    if (episode.opened === null) continue
    episode.opened.at += shift
    if (episode.opened.milderSince !== null) episode.opened.milderSince += shift
  }
}
