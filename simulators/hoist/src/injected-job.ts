import type { EquipmentOf } from '@lifeline/contracts'
import type { SurroundingsFault } from '@lifeline/simulator-physics'
import { type Job, personMass } from './demand.ts'
import type { HoistLimits } from './limits.ts'
import { ridePlan, type Step } from './ride-plan.ts'
import type { HoistFault, HoistTruth } from './truth.ts'

/** Faults that come with a job. */
export type JobFault = Exclude<HoistFault, SurroundingsFault | 'power_loss'>

const overloadSeconds = 20
/** A cage that its limit switch does not stop gets so far beyond the landing, m. */
const beyondLanding = 0.6

/** A job as it is with what goes wrong in it. */
export function injectedPlan(
  fault: JobFault,
  job: Job,
  { ratedLoad, maxPeople }: EquipmentOf<'hoist'>['parameters'],
  { landings, fullLoad, tripSpeed, ride }: HoistLimits,
): [Step, ...Step[]] {
  const last = landings.length - 1
  const height = (floor: number): number => landings[floor] ?? 0
  const down: Job = { ...job, from: last, to: 0, material: 0 }
  const between = (height(Math.ceil(last / 2)) + height(Math.ceil(last / 2) - 1)) / 2
  const tooFast = { speed: 1.05 * tripSpeed, acceleration: 1, jerk: 4 }
  const beyond = (to: number, by: number): Step[] => [
    { kind: 'ride', to, height: height(to) + by },
    { kind: 'halt' },
    { kind: 'ride', to, limits: { ...ride, speed: 0.2 } },
  ]
  switch (fault) {
    case 'overload': {
      const material = 1.15 * ratedLoad - (job.people + 1) * personMass
      const less = Math.min(material, Math.max(0, fullLoad - (job.people + 1) * personMass))
      const toldOff: Step[] = [{ kind: 'cargo', people: job.people, material: less }]
      return ridePlan({ ...job, material, loadSeconds: overloadSeconds }, { toldOff })
    }
    case 'too_many_people':
      return ridePlan({ ...job, people: maxPeople + 1, material: 0 })
    case 'overspeed':
      return ridePlan(down, { ride: [{ kind: 'ride', to: 0, limits: tooFast }] })
    case 'moving_with_door_open':
      return ridePlan(down, { doorLeftOpen: true })
    case 'overtravel_top':
      return ridePlan({ ...job, from: 0, to: last, material: 0 }, { ride: beyond(last, beyondLanding) })
    case 'overtravel_bottom':
      return ridePlan(down, { ride: beyond(0, -beyondLanding) })
    case 'entrapment':
      return ridePlan(down, {
        ride: [{ kind: 'ride', to: 0, height: between }, { kind: 'halt' }, { kind: 'ride', to: 0 }],
      })
    case 'safety_device_tripped':
      return ridePlan(down, {
        ride: [{ kind: 'ride', to: 0, height: between, limits: tooFast }, { kind: 'halt' }, { kind: 'ride', to: 0 }],
      })
  }
}

/** Whether the fault that was ordered is there. @param step what the hoist is at */
export function jobFaultPresent(
  fault: JobFault,
  { load, people, speed, position, door }: HoistTruth,
  { ratedLoad, maxPeople }: EquipmentOf<'hoist'>['parameters'],
  { landings, tripSpeed }: HoistLimits,
  step: Step['kind'] | undefined,
): boolean {
  switch (fault) {
    case 'overload':
      return load > ratedLoad
    case 'too_many_people':
      return people > maxPeople
    case 'overspeed':
      return Math.abs(speed) >= tripSpeed
    case 'moving_with_door_open':
      return door === 'open' && speed !== 0
    case 'overtravel_top':
      return position > (landings.at(-1) ?? 0) + beyondLanding / 2
    case 'overtravel_bottom':
      return position < (landings[0] ?? 0) - beyondLanding / 2
    case 'entrapment':
    case 'safety_device_tripped':
      return step === 'halt'
  }
}
