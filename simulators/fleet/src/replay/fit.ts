import { capacityAt } from '@lifeline/simulator-tower-crane'
import type { RegisteredDevice } from '../registry-client.ts'
import { speedAt } from './lift-track.ts'
import type { Recording } from './recording.ts'

/** From here on the moment is an incident of its own (JGJ 332-2014, 80 % of rated). */
const firstMomentLevel = 0.8

/**
 * Why a recording cannot be what this device did without breaking one of the device's own limits; undefined where it
 * can.
 */
export function misfit(recording: Recording, device: RegisteredDevice): string | undefined {
  if (recording.kind !== device.kind) return `its kind is ${device.kind}, the recording's ${recording.kind}`
  if (!device.approvedForUse) return 'it is not approved for use'
  if (device.kind === 'elevator' && recording.kind === 'elevator') {
    const { travel, ratedSpeed } = device.parameters
    const { track } = recording
    const highest = track.landings.at(-1) ?? 0
    if (highest > travel) return `it travels ${travel} m, the recorded lift ${highest.toFixed(1)} m`
    const times = Array.from(track.positions, (_, i) => i * track.stepMs)
    const fastest = times.reduce((most, atMs) => Math.max(most, Math.abs(speedAt(track, atMs))), 0)
    return fastest > ratedSpeed ? `it runs ${ratedSpeed} m/s, the recorded lift ${fastest.toFixed(2)} m/s` : undefined
  }
  if (device.kind === 'tower-crane' && recording.kind === 'tower-crane') {
    const { parameters } = device
    const beyond = recording.readings.find(({ radius }) => radius > parameters.jibLength)
    if (beyond !== undefined)
      return `its jib ends at ${parameters.jibLength} m, the recorded one was at ${beyond.radius} m`
    const tooHeavy = recording.readings.find(
      ({ hookLoad, radius, falls }) => hookLoad > firstMomentLevel * capacityAt(parameters, falls, radius),
    )
    if (tooHeavy === undefined) return undefined
    return `${tooHeavy.hookLoad} kg at ${tooHeavy.radius} m is over 80 % of what it may lift there`
  }
  return 'it cannot be replayed'
}
