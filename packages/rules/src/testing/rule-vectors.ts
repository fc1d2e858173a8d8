import type { Equipment, RuleName } from '@lifeline/contracts'
import { crane, hoist, lift } from './equipment.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a rule must find and what it must not, as frames of one a second; also the plots of the documentation. */
export interface RuleVector {
  readonly rule: RuleName
  /** What it is an example of. */
  readonly shows: string
  readonly equipment: Equipment
  /** All is well. */
  readonly sound: (second: number) => Fields
  /** The condition, by seconds since it began. */
  readonly faulty: (second: number) => Fields
  /** Just not the condition. */
  readonly nearMiss: (second: number) => Fields
  /** When the incident is open, seconds after the condition began. */
  readonly opensAfter: number
  /** The field that shows it. */
  readonly field: string
}

const always = (fields: Fields) => () => fields
const riding = {
  mode: 'normal',
  speed: 1.7,
  door: 'closed',
  inDoorZone: false,
  occupied: true,
  load: 300,
  power: 'mains',
}
const stuck = { ...riding, speed: 0 }
const atLanding = { ...stuck, door: 'open', inDoorZone: true, occupied: false, load: 0, safetyChain: 'open' }
const working = { state: 'working', hookLoad: 500, radius: 30, falls: 2, hookHeight: 20, slewAngle: 90, windSpeed: 5 }
const hoisting = { speed: 0.5, load: 800, people: 4, cageDoor: 'closed', landingGate: 'closed', height: 4.5 }
const docked = { ...hoisting, speed: 0, height: 3 }

const elevator = { equipment: lift, sound: always(riding) }
const towerCrane = { equipment: crane, sound: always({ ...working, tiltX: 0.05, tiltY: 0 }) }
const cage = { equipment: hoist, sound: always(docked) }
const zoned = {
  ...crane,
  parameters: {
    ...crane.parameters,
    forbiddenZones: [
      {
        name: 'school',
        polygon: [
          [20, -10],
          [40, -10],
          [40, 10],
          [20, 10],
        ] as [number, number][],
      },
    ],
  },
}
const carded = { ...hoist, operators: ['card-a'] }
/** Trips between two landings 12 m apart, each of 8 s at 1.5 m/s with 4 s at rest. */
const trips = (second: number) => {
  const phase = second % 24
  const way = (at: number) => 1.5 * Math.min(Math.max(at, 0), 8)
  const speed = phase < 8 ? 1.5 : phase >= 12 && phase < 20 ? -1.5 : 0
  return { ...riding, speed, position: way(phase) - way(phase - 12), door: 'closed' }
}

export const ruleVectors: readonly RuleVector[] = [
  {
    ...elevator,
    rule: 'entrapment',
    shows: 'a person in a car that stands between landings',
    faulty: always(stuck),
    nearMiss: (second) => (second < 29 ? stuck : riding),
    opensAfter: 30,
    field: 'speed',
  },
  {
    ...elevator,
    rule: 'alarm_button',
    shows: 'the button in the car',
    faulty: always({ ...riding, alarmButton: true }),
    nearMiss: always({ ...riding, alarmButton: false }),
    sound: always({ ...riding, alarmButton: false }),
    opensAfter: 0,
    field: 'alarmButton',
  },
  {
    ...elevator,
    rule: 'overspeed',
    shows: '115 % of rated speed',
    faulty: always({ ...riding, speed: -2.02 }),
    nearMiss: always({ ...riding, speed: -1.83 }),
    opensAfter: 0,
    field: 'speed',
  },
  {
    ...elevator,
    rule: 'overload',
    shows: '110 % of rated load',
    faulty: always({ ...atLanding, load: 1_100 }),
    nearMiss: always({ ...atLanding, load: 1_095 }),
    opensAfter: 2,
    field: 'load',
  },
  {
    ...elevator,
    rule: 'moving_with_door_open',
    shows: 'the door opens between landings',
    faulty: always({ ...riding, door: 'opening' }),
    nearMiss: always({ ...riding, door: 'opening', inDoorZone: true, speed: 0.25 }),
    opensAfter: 1,
    field: 'speed',
  },
  {
    ...elevator,
    rule: 'unintended_movement',
    shows: 'the car sinks from a landing with open doors',
    sound: always({ ...atLanding, position: 9 }),
    faulty: (second) => ({ ...atLanding, speed: -0.1, position: 8.6 - 0.1 * second, inDoorZone: false }),
    nearMiss: (second) => ({ ...atLanding, speed: 0.015, position: 9 - 0.3 * Math.min(second / 20, 1) }),
    opensAfter: 1,
    field: 'position',
  },
  {
    ...elevator,
    rule: 'overtravel_top',
    shows: 'above the highest landing',
    sound: always({ ...atLanding, position: 27 }),
    faulty: always({ ...atLanding, position: 27.35 }),
    nearMiss: always({ ...atLanding, position: 27.29 }),
    opensAfter: 1,
    field: 'position',
  },
  {
    ...elevator,
    rule: 'overtravel_bottom',
    shows: 'below the lowest landing',
    sound: always({ ...atLanding, position: 0 }),
    faulty: always({ ...atLanding, position: -0.35 }),
    nearMiss: always({ ...atLanding, position: -0.29 }),
    opensAfter: 1,
    field: 'position',
  },
  {
    ...elevator,
    rule: 'stop_outside_door_zone',
    shows: 'an empty car that stands between landings',
    sound: always(atLanding),
    faulty: always({ ...stuck, occupied: false, load: 0 }),
    nearMiss: (second) => ({ ...stuck, occupied: false, load: 0, speed: second % 5 === 4 ? 0.5 : 0 }),
    opensAfter: 5,
    field: 'inDoorZone',
  },
  {
    ...elevator,
    rule: 'door_fault',
    shows: 'a door that turns back each time it closes',
    sound: always({ ...atLanding, door: 'closed' }),
    faulty: (second) => ({ ...atLanding, door: ['closing', 'opening', 'open', 'open'][second % 4] }),
    nearMiss: (second) => ({
      ...atLanding,
      door: second < 16 ? ['closing', 'opening', 'open', 'open'][second % 4] : 'open',
    }),
    opensAfter: 17,
    field: 'door',
  },
  {
    ...elevator,
    rule: 'door_open_too_long',
    shows: 'a door held open',
    sound: always(riding),
    faulty: always(atLanding),
    nearMiss: (second) => (second % 120 < 119 ? atLanding : { ...atLanding, door: 'closed' }),
    opensAfter: 120,
    field: 'door',
  },
  {
    ...elevator,
    rule: 'safety_chain_open',
    shows: 'the chain opens while the car moves',
    sound: always({ ...riding, safetyChain: 'closed' }),
    faulty: always({ ...riding, safetyChain: 'open' }),
    nearMiss: always(atLanding),
    opensAfter: 1,
    field: 'safetyChain',
  },
  {
    ...elevator,
    rule: 'power_loss',
    shows: 'the mains go',
    faulty: always({ ...riding, power: 'emergency' }),
    nearMiss: (second) => ({ ...riding, power: second % 3 < 2 ? 'emergency' : 'mains' }),
    opensAfter: 2,
    field: 'power',
  },
  {
    ...towerCrane,
    rule: 'moment',
    shows: '80 % of what it may lift at 30 m with 2 falls',
    faulty: always({ ...working, hookLoad: 2_240 }),
    nearMiss: always({ ...working, hookLoad: 2_230 }),
    opensAfter: 1,
    field: 'hookLoad',
  },
  {
    ...towerCrane,
    rule: 'overload',
    shows: '90 % of the maximum load',
    faulty: always({ ...working, hookLoad: 9_000 }),
    nearMiss: always({ ...working, hookLoad: 8_990 }),
    opensAfter: 1,
    field: 'hookLoad',
  },
  {
    ...towerCrane,
    rule: 'limiter_failed',
    shows: '110 % of what it may lift',
    faulty: always({ ...working, hookLoad: 3_080 }),
    nearMiss: always({ ...working, hookLoad: 3_070 }),
    opensAfter: 1,
    field: 'hookLoad',
  },
  {
    ...towerCrane,
    rule: 'wind',
    shows: 'wind of force 6',
    faulty: always({ ...working, windSpeed: 10.8 }),
    nearMiss: always({ ...working, windSpeed: 10.7 }),
    opensAfter: 1,
    field: 'windSpeed',
  },
  {
    ...towerCrane,
    rule: 'limit_reached',
    shows: 'the hook closer than 0.8 m to the jib',
    faulty: always({ ...working, hookHeight: 44.3 }),
    nearMiss: always({ ...working, hookHeight: 44.2 }),
    opensAfter: 1,
    field: 'hookHeight',
  },
  {
    ...towerCrane,
    equipment: zoned,
    sound: always({ ...working, slewAngle: 0 }),
    rule: 'forbidden_zone',
    shows: 'the hook over a school',
    faulty: always({ ...working, slewAngle: 90, radius: 30 }),
    nearMiss: always({ ...working, slewAngle: 60, radius: 30 }),
    opensAfter: 1,
    field: 'slewAngle',
  },
  {
    ...towerCrane,
    rule: 'tilt',
    shows: '4/1000 out of plumb',
    faulty: always({ ...working, tiltX: 0.23, tiltY: 0 }),
    nearMiss: always({ ...working, tiltX: 0.16, tiltY: 0.16 }),
    opensAfter: 2,
    field: 'tiltX',
  },
  {
    ...cage,
    rule: 'entrapment',
    shows: 'people in a cage that stands between landings',
    faulty: always({ ...hoisting, speed: 0, people: 1 }),
    nearMiss: always({ ...docked, height: 3.25 }),
    opensAfter: 30,
    field: 'height',
  },
  {
    ...cage,
    rule: 'overload',
    shows: '90 % of rated load',
    faulty: always({ ...docked, load: 1_800 }),
    nearMiss: always({ ...docked, load: 1_799 }),
    opensAfter: 2,
    field: 'load',
  },
  {
    ...cage,
    rule: 'overspeed',
    shows: 'the trip speed of the safety device',
    faulty: always({ ...hoisting, speed: -1 }),
    nearMiss: always({ ...hoisting, speed: -0.99 }),
    opensAfter: 0,
    field: 'speed',
  },
  {
    ...cage,
    rule: 'too_many_people',
    shows: 'one more than it is registered for',
    faulty: always({ ...docked, people: 10 }),
    nearMiss: always({ ...docked, people: 9 }),
    opensAfter: 2,
    field: 'people',
  },
  {
    ...cage,
    rule: 'moving_with_door_open',
    shows: 'a landing gate that is open while the cage runs',
    faulty: always({ ...hoisting, landingGate: 'open' }),
    nearMiss: always({ ...docked, landingGate: 'open' }),
    opensAfter: 1,
    field: 'landingGate',
  },
  {
    ...cage,
    rule: 'overtravel_top',
    shows: 'the upper limit switch',
    sound: always({ ...docked, topLimit: false }),
    faulty: always({ ...docked, topLimit: true }),
    nearMiss: always({ ...docked, topLimit: false, height: 90.29 }),
    opensAfter: 1,
    field: 'topLimit',
  },
  {
    ...cage,
    rule: 'overtravel_bottom',
    shows: 'below the lowest landing',
    faulty: always({ ...docked, height: -0.35 }),
    nearMiss: always({ ...docked, height: -0.29 }),
    opensAfter: 1,
    field: 'height',
  },
  {
    ...cage,
    rule: 'safety_device_tripped',
    shows: 'the safety device has caught the cage',
    sound: always({ ...docked, safetyDevice: 'armed' }),
    faulty: always({ ...docked, safetyDevice: 'tripped' }),
    nearMiss: always({ ...hoisting, safetyDevice: 'armed', speed: 0.99 }),
    opensAfter: 0,
    field: 'safetyDevice',
  },
  {
    ...cage,
    rule: 'wind',
    shows: 'more than 20 m/s at the top',
    sound: always({ ...docked, windSpeed: 6 }),
    faulty: always({ ...docked, windSpeed: 20.1 }),
    nearMiss: always({ ...docked, windSpeed: 20 }),
    opensAfter: 1,
    field: 'windSpeed',
  },
  {
    ...cage,
    rule: 'unauthorised_operator',
    shows: 'driven by a card that is not registered',
    equipment: carded,
    sound: always({ ...docked, operator: 'card-a' }),
    faulty: always({ ...hoisting, operator: 'card-b' }),
    nearMiss: always({ ...docked, operator: 'card-b' }),
    opensAfter: 2,
    field: 'speed',
  },
  {
    ...elevator,
    rule: 'sensor_stuck',
    shows: 'a position that does not follow the rides',
    sound: trips,
    faulty: (second) => ({ ...trips(second), position: 0 }),
    nearMiss: trips,
    opensAfter: 9,
    field: 'position',
  },
  {
    ...elevator,
    rule: 'sensor_implausible',
    shows: 'a speed that no lift has',
    faulty: always({ ...riding, speed: 42 }),
    nearMiss: always({ ...riding, speed: 1.8 }),
    opensAfter: 0,
    field: 'speed',
  },
  {
    ...elevator,
    rule: 'not_approved_for_use',
    shows: 'a ride of a lift that is not approved',
    equipment: { ...lift, approvedForUse: false },
    sound: always(atLanding),
    faulty: always(riding),
    nearMiss: always(atLanding),
    opensAfter: 2,
    field: 'speed',
  },
]
