import type { ElevatorFrame } from '@lifeline/contracts'
import { round } from '@lifeline/simulator-physics'
import type { ElevatorTruth } from './truth.ts'

/** What the truth does not hold. */
export type ControllerState = Required<Pick<ElevatorFrame, 'seq' | 'mode' | 'floor' | 'alarmButton' | 'power'>>

/** A lift's frame as its controller and sensors give it: mm, mm/s, whole kg. */
export function elevatorFrame(truth: ElevatorTruth, controller: ControllerState): ElevatorFrame {
  const { time, position, speed, door, inDoorZone, people, load, phase, chainBroken } = truth
  return {
    time,
    ...controller,
    position: round(position, 3),
    speed: round(speed, 3),
    door,
    inDoorZone,
    occupied: people > 0,
    load: round(load, 0),
    people,
    // The contacts of the doors are links of the chain.
    safetyChain: door === 'closed' && !chainBroken ? 'closed' : 'open',
    faults: [
      ...(controller.power === 'mains' ? [] : ['main_power_off']),
      ...(phase === 'halted' && controller.power === 'mains' ? ['restart_prevented'] : []),
    ],
  }
}
