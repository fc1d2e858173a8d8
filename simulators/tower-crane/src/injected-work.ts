import type { SurroundingsFault } from '@lifeline/simulator-physics'
import type { Demand } from './demand.ts'
import type { TowerCraneLimits } from './limits.ts'
import type { TowerCraneOptions } from './tower-crane.ts'
import type { TowerCraneFault, TowerCraneTruth } from './truth.ts'
import { type Step, workCycle } from './work-cycle.ts'

/** Faults that the driver makes, by what he is told to do next. */
export type WorkFault = Exclude<TowerCraneFault, SurroundingsFault>
export interface Order {
  readonly name: WorkFault
  /** Of the chart's capacity. */
  readonly share: number
}

/** Share of capacity at which a crane's limiter first speaks (JGJ 332-2014), and by which it must have acted (GB 5144). */
const firstLevel = 0.8
const limiterLevel = 1.1
/** m under the jib: a hook nearer has passed its limit switch (GB 5144-2006 6.3). */
const hookLimit = 0.8
/** Of the greatest load. */
const tooHeavy = 1.06
/** How long the driver stays where he must not be, s. */
const staySeconds = 20
/** Horizon of collision warnings, s. */
const lookAheadSeconds = 15
/** The jib stops so far from the other mast, degrees: within 2 m of it. */
const besides = 1.5

/** What the driver does for it, in place of the next lift. @param slew where the jib points now, degrees */
export function injectedWork(
  { name, share }: Order,
  { parameters, neighbour }: TowerCraneOptions,
  limits: TowerCraneLimits,
  demand: Demand,
  slew: number,
): [Step, ...Step[]] {
  const highest = limits.hookHeight[1]
  const stay: Step = { kind: 'wait', seconds: staySeconds, working: true }
  switch (name) {
    case 'moment':
    case 'limiter_failed':
      return workCycle(demand.overloaded(share), highest)
    case 'overload':
      return workCycle(demand.tooHeavy(tooHeavy), highest)
    case 'limit_reached':
      return [{ kind: 'move', height: parameters.jibHeight - hookLimit / 2 }, stay, { kind: 'move', height: highest }]
    case 'forbidden_zone': {
      const middle = zoneMiddle(parameters)
      const { bearing, distance } = seenFrom(parameters.position, middle, slew)
      const radius = Math.min(Math.max(distance, limits.radius[0]), limits.radius[1])
      return [{ kind: 'move', height: highest }, { kind: 'move', slew: bearing, radius }, stay, { kind: 'move', slew }]
    }
    case 'collision': {
      if (neighbour === undefined) throw new RangeError('this crane has no neighbour: name one to collide with')
      const { bearing } = seenFrom(parameters.position, neighbour, slew)
      const to = bearing - Math.sign(bearing - slew) * besides
      return [{ kind: 'move', height: highest }, { kind: 'move', slew: to }, stay, { kind: 'move', slew }]
    }
  }
}

/** Whether the fault that was ordered is there. @param arrived the driver is where he must not be */
export function workFaultPresent(
  name: WorkFault,
  { momentShare, hookLoad, hook, slew }: TowerCraneTruth,
  { parameters: { jibHeight, maxLoad, position }, neighbour = position }: TowerCraneOptions,
  arrived: boolean,
): boolean {
  switch (name) {
    case 'moment':
      return momentShare >= firstLevel
    case 'limiter_failed':
      return momentShare >= limiterLevel
    case 'overload':
      return hookLoad >= maxLoad
    case 'limit_reached':
      return hook.position > jibHeight - hookLimit
    case 'forbidden_zone':
      return arrived
    case 'collision':
      return arrived || headsFor(seenFrom(position, neighbour, slew.position).bearing - slew.position, slew.speed)
  }
}

/** Whether the jib is there within the time that collision systems look ahead. @param way degrees to go */
const headsFor = (way: number, speed: number): boolean =>
  Math.abs(speed) > 0.5 && Math.sign(way) === Math.sign(speed) && Math.abs(way) <= Math.abs(speed) * lookAheadSeconds

function zoneMiddle({ forbiddenZones }: TowerCraneOptions['parameters']): { east: number; north: number } {
  const [zone] = forbiddenZones
  if (zone === undefined) throw new RangeError('this crane has no forbidden zone: register one to enter')
  const { polygon } = zone
  const mean = (axis: 0 | 1): number => polygon.reduce((sum, point) => sum + point[axis], 0) / polygon.length
  return { east: mean(0), north: mean(1) }
}

/** Where a point of the plan is, by the shorter way from a slew angle; degrees, m. */
function seenFrom(
  from: { readonly east: number; readonly north: number },
  to: { readonly east: number; readonly north: number },
  slew: number,
): { readonly bearing: number; readonly distance: number } {
  const [east, north] = [to.east - from.east, to.north - from.north]
  const angle = (Math.atan2(east, north) * 180) / Math.PI
  const turn = ((((angle - slew) % 360) + 540) % 360) - 180
  return { bearing: slew + turn, distance: Math.hypot(east, north) }
}
