import type { ElevatorFrame } from '@lifeline/contracts'
import { nearest, round } from '@lifeline/simulator-physics'
import { boardingModel, personMass } from './boarding-model.ts'
import { type Hold, heldMs, throughHold } from './hold.ts'
import { type LiftTrack, positionAt, type Ride, speedAt } from './lift-track.ts'
import { RecordingError } from './recording.ts'

const frameMs = 500
/** As in the simulated lifts: m from a landing within which the doors may be unlocked. */
const doorZone = 0.2
/** After the last ride there is time for the last people to leave, ms. */
const leastEndMs = 20_000
const entrapmentMs = 60_000

/**
 * Frames of a recorded lift, one every half second: position and speed from the recording, doors and people by the
 * boarding model, everything else as in a sound lift on the mains.
 * @param startTime time of the first frame, ms since the Unix epoch
 * @param entrap the last ride that has people in it is held for 60 s between two landings
 * @throws RecordingError where there is no such ride
 */
export function liftFrames(track: LiftTrack, startTime: number, entrap: boolean): ElevatorFrame[] {
  const untilMs = Math.max(track.durationMs, (track.rides.at(-1)?.toMs ?? 0) + leastEndMs)
  const carState = boardingModel(track, untilMs)
  const hold = entrap ? entrapment(track) : undefined
  const count = Math.floor((untilMs + (hold === undefined ? 0 : heldMs(hold))) / frameMs) + 1
  return Array.from({ length: count }, (_, seq) => {
    const { recordedMs, pace } = throughHold(hold, seq * frameMs)
    const position = positionAt(track, recordedMs)
    const { door, people } = carState(recordedMs)
    const floor = nearest(track.landings, position)
    return {
      time: startTime + seq * frameMs,
      seq,
      mode: 'normal',
      floor,
      position: round(position, 3),
      speed: round(speedAt(track, recordedMs) * pace, 3),
      door,
      inDoorZone: Math.abs(position - (track.landings[floor] ?? 0)) <= doorZone,
      occupied: people > 0,
      alarmButton: false,
      load: people * personMass,
      people,
      power: 'mains',
      safetyChain: door === 'closed' ? 'closed' : 'open',
      faults: pace === 0 ? ['restart_prevented'] : [],
    }
  })
}

/** Half way between the first two landings of the last ride. */
function entrapment(track: LiftTrack): Hold {
  const ride = track.rides.at(-1)
  if (ride === undefined) throw new RecordingError('there is no ride in it to be trapped on')
  return { atMs: halfWay(track, ride), holdMs: entrapmentMs }
}

function halfWay(track: LiftTrack, ride: Ride): number {
  const next = ride.from + Math.sign(ride.to - ride.from)
  const middle = ((track.landings[ride.from] ?? 0) + (track.landings[next] ?? 0)) / 2
  const upwards = ride.to > ride.from
  for (let atMs = ride.fromMs; atMs < ride.toMs; atMs += track.stepMs) {
    const position = positionAt(track, atMs)
    // It slows down for another second: a third of a metre at such speeds.
    if (upwards ? position >= middle - 0.3 : position <= middle + 0.3) return atMs
  }
  throw new RecordingError(`the ride from landing ${ride.from} to ${ride.to} never passes between them`)
}
