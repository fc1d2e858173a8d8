import type { EquipmentOf } from '@lifeline/contracts'
import { describe, expect, test } from 'vitest'
import type { Elevator } from './elevator.ts'
import { createElevator } from './simulator.ts'
import { type ElevatorFault, type ElevatorTruth, elevatorFaults } from './truth.ts'

const lift: EquipmentOf<'elevator'>['parameters'] = {
  ratedLoad: 1000,
  ratedSpeed: 1.75,
  travel: 27,
  floors: 10,
  installedOn: '2018-05-01',
}
const noon = Date.UTC(2026, 10, 24, 4)

/** Steps until `until`. @throws where it does not come within half an hour */
function run(elevator: Elevator, until: (truth: ElevatorTruth) => boolean): ElevatorTruth {
  for (let passed = 0; passed < 1_800_000; passed += 50) {
    if (until(elevator.truth)) return elevator.truth
    elevator.step(50)
  }
  throw new Error(`never: ${JSON.stringify(elevator.truth)}`)
}

function injected(fault: ElevatorFault): { readonly elevator: Elevator; readonly truth: ElevatorTruth } {
  const elevator = createElevator({ parameters: lift, seed: `with ${fault}`, startTime: noon })
  elevator.step(600_000)
  elevator.inject(fault)
  return { elevator, truth: run(elevator, (truth) => truth.fault !== undefined) }
}

test.each(elevatorFaults)('%s comes within half an hour, is labelled since then, and is over once released', (name) => {
  const { elevator, truth } = injected(name)
  expect(truth.fault).toEqual({ name, since: truth.time })
  elevator.step(20_000)
  elevator.release()
  run(elevator, ({ fault, phase }) => fault === undefined && phase === 'at_landing')
  run(elevator, ({ phase, door }) => phase === 'idle' && door === 'closed')
  expect(elevator.frame()).toMatchObject({ power: 'mains', safetyChain: 'closed', inDoorZone: true })
})

describe('the label is true to the physics', () => {
  test('who is shut in is at a landing, and the doors do not open', () => {
    const { elevator, truth } = injected('shut_in')
    expect(truth).toMatchObject({ door: 'closed', inDoorZone: true, speed: 0 })
    expect(truth.people).toBeGreaterThan(0)
    elevator.step(120_000)
    expect(elevator.truth.door).toBe('closed')
  })

  test('a door that opens on the way opens between landings while the car goes on', () => {
    const { elevator, truth } = injected('moving_with_door_open')
    expect(truth).toMatchObject({ door: 'opening', inDoorZone: false })
    expect(run(elevator, ({ door }) => door === 'open').speed).not.toBe(0)
  })

  test('a car whose brake gives way leaves its landing with open doors and stands within 1.2 m of it', () => {
    const { elevator, truth } = injected('unintended_movement')
    expect(truth).toMatchObject({ door: 'open', inDoorZone: false })
    const caught = run(elevator, ({ moving }) => !moving)
    expect(caught).toMatchObject({ door: 'open', inDoorZone: false })
    expect(Math.abs(caught.position - truth.position)).toBeLessThan(1.2)
  })

  test.each(['overtravel_top', 'overtravel_bottom'] as const)('%s is half a metre beyond the landing', (name) => {
    const { elevator } = injected(name)
    const { position } = run(elevator, ({ moving }) => !moving)
    expect(name === 'overtravel_top' ? position - lift.travel : -position).toBeCloseTo(0.6, 6)
  })

  test('a car that stops outside the door zone is empty', () => {
    expect(injected('stop_outside_door_zone').truth).toMatchObject({ people: 0, speed: 0, inDoorZone: false })
  })

  test('an obstructed door turns back eight times and then shuts', () => {
    const { elevator } = injected('door_fault')
    let turns = 1
    let before = elevator.truth.door
    run(elevator, ({ door, phase }) => {
      if (before === 'closing' && door === 'opening') turns++
      before = door
      return phase !== 'at_landing'
    })
    expect(turns).toBeGreaterThanOrEqual(8)
  })

  test('a door that is held stays open for more than three minutes', () => {
    const { elevator, truth } = injected('door_open_too_long')
    expect(run(elevator, ({ door }) => door !== 'open').time - truth.time).toBeGreaterThan(180_000)
  })

  test('a broken safety chain shows with the doors shut, and the car stays', () => {
    const { elevator, truth } = injected('safety_chain_open')
    elevator.step(300_000)
    expect(elevator.frame()).toMatchObject({ safetyChain: 'open', door: 'closed', speed: 0 })
    expect(elevator.truth.position).toBe(truth.position)
  })

  test('a power cut on a ride halts the car where it is', () => {
    const elevator = createElevator({ parameters: lift, seed: 'cut', startTime: noon })
    run(elevator, ({ speed }) => Math.abs(speed) > 1.5)
    elevator.inject('power_loss')
    expect(elevator.truth.fault).toEqual({ name: 'power_loss', since: elevator.truth.time })
    run(elevator, ({ phase }) => phase === 'halted')
    expect(elevator.frame()).toMatchObject({ power: 'off', speed: 0 })
  })
})

test('a worn door takes longer, and the lift still does its work', () => {
  const opening = (wear: number): number => {
    const elevator = createElevator({ parameters: lift, seed: 'door', startTime: noon, wear })
    const { time } = run(elevator, ({ door }) => door === 'opening')
    return run(elevator, ({ door }) => door === 'open').time - time
  }
  expect(opening(1)).toBeGreaterThan(2 * opening(0))
  expect(opening(1)).toBeLessThan(5_000)
})

test('whatever it is stepped by, it comes to the same, also where nothing happens for hours', () => {
  const night = Date.UTC(2026, 10, 24, 18)
  const at = (stepMs: number): unknown[] => {
    const elevator = createElevator({ parameters: lift, seed: 'night', startTime: night })
    const seen: unknown[] = []
    for (let hour = 0; hour < 6; hour++) {
      for (let passed = 0; passed < 3_600_000; passed += stepMs) elevator.step(stepMs)
      seen.push(elevator.truth)
    }
    return seen
  }
  expect(at(3_600_000)).toEqual(at(50))
})
