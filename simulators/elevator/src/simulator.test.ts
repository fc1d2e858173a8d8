import { checkFrame, type ElevatorFrame, type EquipmentOf } from '@lifeline/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Elevator } from './elevator.ts'
import { elevatorLimits } from './limits.ts'
import { createElevator } from './simulator.ts'
import type { ElevatorTruth } from './truth.ts'

type Parameters = EquipmentOf<'elevator'>['parameters']

const lift: Parameters = { ratedLoad: 1000, ratedSpeed: 1.75, travel: 27, floors: 10, installedOn: '2018-05-01' }
const noon = Date.UTC(2026, 10, 24, 4)

const anyLift: fc.Arbitrary<Parameters> = fc
  .record({
    ratedLoad: fc.constantFrom(450, 630, 800, 1000, 1600, 3000),
    ratedSpeed: fc.constantFrom(0.5, 0.63, 1, 1.75, 2.5, 4),
    floors: fc.integer({ min: 2, max: 33 }),
    storey: fc.double({ min: 2.8, max: 4.2, noNaN: true }),
  })
  .map(({ storey, ...rest }) => ({ ...rest, travel: storey * (rest.floors - 1), installedOn: '2015-01-01' }))
const anyTime = fc.integer({ min: 0, max: 23 }).map((hour) => noon + hour * 3_600_000)

/** Steps tick by tick until `until`, checking each. @throws where it does not come in `limitMs` */
function run(elevator: Elevator, limitMs: number, until: (truth: ElevatorTruth) => boolean): ElevatorTruth {
  for (let passed = 0; passed < limitMs; passed += 50) {
    elevator.step(50)
    const { truth } = elevator
    if (until(truth)) return truth
  }
  throw new Error(`not within ${limitMs} ms: ${JSON.stringify(elevator.truth)}`)
}

function violation(parameters: Parameters, before: ElevatorTruth, now: ElevatorTruth): string | undefined {
  const { ride } = elevatorLimits(parameters)
  const slack = 1e-6
  const dt = 0.05
  if (Math.abs(now.speed) > ride.speed + slack) return 'faster than rated'
  if (Math.abs(now.acceleration) > ride.acceleration + slack) return 'acceleration beyond comfort'
  if (Math.abs(now.acceleration - before.acceleration) > ride.jerk * dt + slack) return 'jerk beyond comfort'
  if (Math.abs(now.position - before.position) > ride.speed * dt + slack) return 'position jumped'
  if (now.position < -slack || now.position > parameters.travel + slack) return 'beyond the last landing'
  if (now.door !== 'closed' && (now.speed !== 0 || !now.inDoorZone)) return 'door not shut away from a landing'
  if (now.load > 0.95 * parameters.ratedLoad) return 'too full'
  return undefined
}

test('any lift at any hour keeps to its limits, and each of its frames is valid', () => {
  fc.assert(
    fc.property(anyLift, fc.string(), anyTime, (parameters, seed, startTime) => {
      const elevator = createElevator({ parameters, seed, startTime })
      let before = elevator.truth
      for (let tick = 1; tick <= 72_000; tick++) {
        elevator.step(50)
        const now = elevator.truth
        const wrong = violation(parameters, before, now)
        if (wrong !== undefined) throw new Error(`${wrong} after ${tick} ticks: ${JSON.stringify({ before, now })}`)
        before = now
        if (tick % 20 !== 0) continue
        const verdict = checkFrame('elevator', elevator.frame())
        if (!verdict.ok || verdict.unknown.length > 0) throw new Error(JSON.stringify(verdict))
      }
      expect(before.time).toBe(startTime + 3_600_000)
      expect(before.fault).toBeUndefined()
    }),
    { numRuns: 10 },
  )
})

test('the same seed gives the same frames, however it is stepped; another seed gives others', () => {
  const frames = (seed: string, stepMs: number): ElevatorFrame[] => {
    const elevator = createElevator({ parameters: lift, seed, startTime: noon })
    const taken: ElevatorFrame[] = []
    for (let passed = stepMs; passed <= 1_800_000; passed += stepMs) {
      elevator.step(stepMs)
      if (passed % 1_000 === 0) taken.push(elevator.frame())
    }
    return taken
  }
  expect(frames('a', 1_000)).toEqual(frames('a', 125))
  expect(frames('a', 1_000)).not.toEqual(frames('b', 1_000))
})

test('a frame has all fields', () => {
  const frame = createElevator({ parameters: lift, seed: 1, startTime: noon }).frame()
  expect(frame).toEqual({
    time: noon,
    seq: 0,
    mode: 'normal',
    floor: 0,
    position: 0,
    speed: 0,
    door: 'closed',
    inDoorZone: true,
    occupied: false,
    alarmButton: false,
    load: 0,
    people: 0,
    power: 'mains',
    safetyChain: 'closed',
    faults: [],
  })
})

test('a busy lift stops at landings exactly and carries people', () => {
  const elevator = createElevator({ parameters: lift, seed: 'busy', startTime: noon })
  const heights = new Set(elevatorLimits(lift).landings)
  let stops = 0
  let most = 0
  let phase = elevator.truth.phase
  for (let tick = 0; tick < 72_000; tick++) {
    elevator.step(50)
    const { truth } = elevator
    most = Math.max(most, truth.people)
    if (phase === 'riding' && truth.phase === 'at_landing') {
      stops++
      expect(heights).toContain(truth.position)
      expect(truth).toMatchObject({ speed: 0, acceleration: 0 })
    }
    phase = truth.phase
  }
  expect(stops).toBeGreaterThan(20)
  expect(most).toBeGreaterThan(0)
})

test('one out of service stays parked, shut and empty', () => {
  const elevator = createElevator({ parameters: lift, seed: 1, startTime: noon, inService: false })
  elevator.step(3_600_000)
  expect(elevator.frame()).toMatchObject({ mode: 'out_of_service', position: 0, door: 'closed', people: 0 })
})

describe('entrapment', () => {
  test('halts any lift between landings with people in, doors shut, until released at a landing', () => {
    fc.assert(
      fc.property(anyLift, fc.string(), anyTime, fc.integer({ min: 1, max: 3 }), (parameters, seed, time, people) => {
        const elevator = createElevator({ parameters, seed, startTime: time })
        elevator.step(120_000)
        elevator.entrap({ people })
        const trapped = run(elevator, 300_000, ({ fault }) => fault !== undefined)
        expect(trapped).toMatchObject({ fault: { name: 'entrapment', since: trapped.time }, door: 'closed', speed: 0 })
        expect(trapped.inDoorZone).toBe(false)
        expect(trapped.people).toBeGreaterThanOrEqual(people)
        elevator.step(600_000)
        expect(elevator.truth).toEqual({ ...trapped, time: trapped.time + 600_000 })
        elevator.release()
        const freed = run(elevator, 60_000, ({ door }) => door === 'open')
        expect(freed).toMatchObject({ speed: 0, inDoorZone: true })
        expect(freed.fault).toBeUndefined()
        run(elevator, 60_000, ({ people }) => people === 0)
      }),
      { numRuns: 30 },
    )
  })

  test('comes within half a minute where it is ordered of an idle lift', () => {
    const elevator = createElevator({ parameters: lift, seed: 'soon', startTime: noon })
    elevator.entrap()
    expect(run(elevator, 30_000, ({ fault }) => fault !== undefined).phase).toBe('halted')
  })

  test('has the alarm button pressed now and then after the time told, in gaps shorter than 10 s', () => {
    const elevator = createElevator({ parameters: lift, seed: 'alarm', startTime: noon })
    elevator.entrap({ people: 2, alarmAfterMs: 3_000 })
    const { time } = run(elevator, 60_000, ({ fault }) => fault !== undefined)
    const pressed: number[] = []
    for (let passed = 100; passed <= 60_000; passed += 100) {
      elevator.step(100)
      if (elevator.frame().alarmButton) pressed.push(elevator.truth.time - time)
    }
    expect(pressed[0]).toBe(3_000)
    const gaps = pressed.slice(1).map((at, i) => at - (pressed[i] ?? 0))
    expect(Math.max(...gaps)).toBeGreaterThan(1_000)
    expect(Math.max(...gaps)).toBeLessThan(10_000)
  })

  test('never has it pressed where nobody is to press it', () => {
    const elevator = createElevator({ parameters: lift, seed: 'mute', startTime: noon })
    elevator.entrap({ alarmAfterMs: Number.POSITIVE_INFINITY })
    for (let passed = 0; passed < 120_000; passed += 500) {
      elevator.step(500)
      expect(elevator.frame().alarmButton).toBe(false)
    }
    expect(elevator.truth.fault?.name).toBe('entrapment')
  })
})

test('overload fills the car beyond its limit at a landing, doors open, and ends by itself', () => {
  fc.assert(
    fc.property(anyLift, fc.string(), (parameters, seed) => {
      const elevator = createElevator({ parameters, seed, startTime: noon })
      elevator.step(60_000)
      elevator.overload()
      const full = run(elevator, 300_000, ({ fault }) => fault !== undefined)
      expect(full.load).toBeGreaterThanOrEqual(elevatorLimits(parameters).overload)
      const { time } = run(elevator, 120_000, (truth) => {
        if (truth.fault !== undefined && (truth.moving || truth.door !== 'open')) throw new Error('moves overloaded')
        return truth.fault === undefined
      })
      expect(time - full.time).toBeLessThan(60_000)
      expect(elevator.truth.load).toBeLessThanOrEqual(parameters.ratedLoad)
    }),
    { numRuns: 20 },
  )
})

test('overspeed runs one ride beyond 115 % of rated speed', () => {
  const elevator = createElevator({ parameters: lift, seed: 'fast', startTime: noon })
  elevator.overspeed()
  run(elevator, 60_000, ({ speed }) => Math.abs(speed) >= 1.15 * lift.ratedSpeed)
  expect(elevator.truth.fault?.name).toBe('overspeed')
  run(elevator, 60_000, ({ fault }) => fault === undefined)
  for (let passed = 0; passed < 600_000; passed += 50) {
    elevator.step(50)
    expect(Math.abs(elevator.truth.speed)).toBeLessThanOrEqual(lift.ratedSpeed + 1e-9)
  }
})

test('without mains the car halts where it is and with it goes on to a landing', () => {
  const elevator = createElevator({ parameters: lift, seed: 'dark', startTime: noon })
  run(elevator, 3_600_000, ({ speed }) => Math.abs(speed) > 1)
  elevator.setPower('off')
  run(elevator, 5_000, ({ phase }) => phase === 'halted')
  elevator.step(60_000)
  expect(elevator.frame()).toMatchObject({ power: 'off', speed: 0, faults: ['main_power_off'] })
  elevator.setPower('mains')
  run(elevator, 60_000, ({ door, inDoorZone }) => door === 'open' && inDoorZone)
})

test('in another mode it takes nobody once the car is empty', () => {
  const elevator = createElevator({ parameters: lift, seed: 'recall', startTime: noon })
  elevator.step(600_000)
  elevator.setMode('inspection')
  run(elevator, 300_000, ({ phase }) => phase === 'idle')
  const { position } = elevator.truth
  elevator.step(3_600_000)
  expect(elevator.frame()).toMatchObject({ mode: 'inspection', door: 'closed', people: 0 })
  expect(elevator.truth.position).toBe(position)
})

test('time runs forwards only', () => {
  expect(() => createElevator({ parameters: lift, seed: 1, startTime: noon }).step(-1)).toThrow(RangeError)
})
