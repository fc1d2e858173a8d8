import type { EquipmentOf } from '@lifeline/contracts'
import { describe, expect, test } from 'vitest'
import type { Hoist } from './hoist.ts'
import { createHoist } from './simulator.ts'
import { type HoistFault, type HoistTruth, hoistFaults } from './truth.ts'

const hoist: EquipmentOf<'hoist'>['parameters'] = {
  ratedLoad: 2_000,
  ratedSpeed: 0.6,
  maxPeople: 9,
  travel: 33,
  safetyDeviceCalibratedOn: '2026-03-01',
  landings: Array.from({ length: 12 }, (_, floor) => 3 * floor),
}
const noon = Date.UTC(2026, 10, 24, 4)
const options = { parameters: hoist, startTime: noon, operator: 'card-1' }

/** Steps until `until`. @throws where it does not come within an hour */
function run(machine: Hoist, until: (truth: HoistTruth) => boolean): HoistTruth {
  for (let passed = 0; passed < 3_600_000; passed += 50) {
    if (until(machine.truth)) return machine.truth
    machine.step(50)
  }
  throw new Error(`never: ${JSON.stringify(machine.truth)}`)
}

function injected(fault: HoistFault): { readonly machine: Hoist; readonly truth: HoistTruth } {
  const machine = createHoist({ ...options, seed: `with ${fault}` })
  machine.step(600_000)
  machine.inject(fault)
  return { machine, truth: run(machine, (truth) => truth.fault !== undefined) }
}

test.each(hoistFaults)('%s comes within an hour, is labelled since then, and is over once released', (name) => {
  const { machine, truth } = injected(name)
  expect(truth.fault).toEqual({ name, since: truth.time })
  machine.step(60_000)
  machine.release()
  run(machine, ({ fault }) => fault === undefined)
  for (let passed = 0; passed < 1_800_000; passed += 1_000) {
    machine.step(1_000)
    expect(machine.truth.fault).toBeUndefined()
  }
  const { position } = machine.truth
  expect(position).toBeGreaterThanOrEqual(0)
  expect(position).toBeLessThanOrEqual(hoist.travel)
})

describe('the label is true to the physics', () => {
  test('a ride with the door open has it open while the cage moves', () => {
    expect(injected('moving_with_door_open').truth).toMatchObject({ door: 'open', moving: true })
  })

  test.each(['overtravel_top', 'overtravel_bottom'] as const)('%s trips the limit switch of that end', (name) => {
    const { machine } = injected(name)
    const { position } = run(machine, ({ moving }) => !moving)
    const top = name === 'overtravel_top'
    expect(top ? position - hoist.travel : -position).toBeCloseTo(0.6, 6)
    expect(machine.frame()).toMatchObject({ topLimit: top, bottomLimit: !top })
  })

  test.each(['entrapment', 'safety_device_tripped'] as const)('%s holds the cage between two landings', (name) => {
    const { machine, truth } = injected(name)
    expect(truth).toMatchObject({ speed: 0, door: 'closed' })
    expect((truth.position / 3) % 1).toBeCloseTo(0.5, 6)
    expect(truth.people).toBeGreaterThan(0)
    machine.step(600_000)
    expect(machine.truth.position).toBe(truth.position)
    expect(machine.frame().safetyDevice).toBe(name === 'entrapment' ? 'armed' : 'tripped')
  })

  test('a power cut on a ride stops the cage, and it goes on when the mains are back', () => {
    const machine = createHoist({ ...options, seed: 'cut' })
    run(machine, ({ speed }) => Math.abs(speed) > 0.5)
    machine.inject('power_loss')
    run(machine, ({ speed }) => speed === 0)
    machine.step(60_000)
    expect(machine.frame()).toMatchObject({ power: 'off', speed: 0 })
    machine.release()
    expect(run(machine, ({ phase }) => phase === 'loading').position % 3).toBeCloseTo(0, 6)
  })

  test('a storm blows above the limit', () => {
    const { machine } = injected('wind')
    machine.step(180_000)
    expect(machine.truth.windSpeed).toBeGreaterThan(15)
  })
})

test('whatever it is stepped by, it comes to the same, with what is injected too', () => {
  const at = (stepMs: number): unknown[] => {
    const machine = createHoist({ ...options, seed: 'steps' })
    return ['none', ...hoistFaults].map((fault) => {
      if (fault !== 'none') machine.inject(fault as HoistFault)
      for (let passed = 0; passed < 900_000; passed += stepMs) machine.step(stepMs)
      const { truth } = machine
      machine.release()
      return truth
    })
  }
  expect(at(900_000)).toEqual(at(50))
})
