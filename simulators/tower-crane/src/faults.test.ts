import type { EquipmentOf } from '@lifeline/contracts'
import { describe, expect, test } from 'vitest'
import { createTowerCrane } from './simulator.ts'
import type { TowerCrane } from './tower-crane.ts'
import { type TowerCraneFault, type TowerCraneTruth, towerCraneFaults } from './truth.ts'

/** It works towards the south; a neighbour's mast stands east, a forbidden zone lies west of it. */
const crane: EquipmentOf<'tower-crane'>['parameters'] = {
  position: { east: 0, north: 0 },
  jibHeight: 45,
  jibLength: 60,
  counterJibLength: 14,
  maxLoad: 8_000,
  ratedMoment: 1_400,
  loadChart: {
    4: [
      [15, 8_000],
      [30, 3_300],
      [60, 1_300],
    ],
  },
  forbiddenZones: [
    {
      name: 'school',
      polygon: [
        [-50, 10],
        [-30, 10],
        [-30, 30],
        [-50, 30],
      ],
    },
  ],
  windLimit: 20,
}
const noon = Date.UTC(2026, 10, 24, 4)
const options = {
  parameters: crane,
  startTime: noon,
  operator: 'card-1',
  sector: { from: 120, to: 240 },
  neighbour: { east: 50, north: 0 },
}

/** Steps until `until`. @throws where it does not come within an hour */
function run(machine: TowerCrane, until: (truth: TowerCraneTruth) => boolean): TowerCraneTruth {
  for (let passed = 0; passed < 3_600_000; passed += 50) {
    if (until(machine.truth)) return machine.truth
    machine.step(50)
  }
  throw new Error(`never: ${JSON.stringify(machine.truth)}`)
}

function injected(fault: TowerCraneFault): { readonly machine: TowerCrane; readonly truth: TowerCraneTruth } {
  const machine = createTowerCrane({ ...options, seed: `with ${fault}` })
  machine.step(600_000)
  machine.inject(fault)
  return { machine, truth: run(machine, (truth) => truth.fault !== undefined) }
}

test.each(towerCraneFaults)('%s comes within an hour, is labelled since then, and is over once released', (name) => {
  const { machine, truth } = injected(name)
  expect(truth.fault).toEqual({ name, since: truth.time })
  machine.step(60_000)
  machine.release()
  run(machine, ({ fault }) => fault === undefined)
  for (let passed = 0; passed < 1_800_000; passed += 1_000) {
    machine.step(1_000)
    expect(machine.truth.fault).toBeUndefined()
  }
})

describe('the label is true to the physics', () => {
  test('a failed limiter lets 120 % of the chart be lifted', () => {
    const { machine, truth } = injected('limiter_failed')
    expect(truth.momentShare).toBeGreaterThanOrEqual(1.1)
    let greatest = 0
    run(machine, ({ momentShare, fault }) => {
      greatest = Math.max(greatest, momentShare)
      return fault === undefined
    })
    expect(greatest).toBeGreaterThan(1.17)
  })

  test('an overload is beyond the greatest load', () => {
    expect(injected('overload').truth.hookLoad).toBeGreaterThanOrEqual(crane.maxLoad)
  })

  test('the hook goes to 0.4 m under the jib', () => {
    const { machine } = injected('limit_reached')
    expect(run(machine, ({ hook }) => hook.speed === 0).hook.position).toBeCloseTo(crane.jibHeight - 0.4, 6)
  })

  test('the hook stands in the zone', () => {
    const { slew, trolley } = injected('forbidden_zone').truth
    const east = trolley.position * Math.sin((slew.position * Math.PI) / 180)
    const north = trolley.position * Math.cos((slew.position * Math.PI) / 180)
    expect([east, north]).toEqual([expect.closeTo(-40, 1), expect.closeTo(20, 1)])
  })

  test('the jib comes within 2 m of the mast of the neighbour', () => {
    const { machine } = injected('collision')
    const { slew } = run(machine, ({ phase, moving }) => phase === 'slinging' && !moving)
    const aside = 50 * Math.sin((Math.abs(slew.position - 90) * Math.PI) / 180)
    expect(aside).toBeGreaterThan(0)
    expect(aside).toBeLessThan(2)
  })

  test('it cannot collide with nobody, nor enter a zone that is not there', () => {
    const alone = createTowerCrane({ parameters: { ...crane, forbiddenZones: [] }, seed: 1, startTime: noon })
    for (const fault of ['collision', 'forbidden_zone'] as const) {
      alone.inject(fault)
      expect(() => alone.step(3_600_000)).toThrow(RangeError)
    }
  })

  test('a storm blows above the limit, a foundation that gives way leans the mast by more than 4/1000', () => {
    const storm = injected('wind').machine
    storm.step(180_000)
    let sum = 0
    for (let second = 0; second < 300; second++) {
      storm.step(1_000)
      sum += storm.frame().windSpeed ?? 0
    }
    expect(sum / 300).toBeGreaterThan(15)
    const tilted = injected('tilt').machine
    tilted.step(60_000)
    const { tiltX = 0, tiltY = 0 } = tilted.frame()
    expect(Math.hypot(tiltX, tiltY)).toBeGreaterThan(0.229)
  })

  test('a stranger drives with a card of his own', () => {
    const { machine, truth } = injected('unauthorised_operator')
    expect(truth.moving).toBe(true)
    expect(machine.frame().operator).not.toBe('card-1')
    machine.release()
    expect(machine.frame().operator).toBe('card-1')
  })
})

test('whatever it is stepped by, it comes to the same, with what is injected too', () => {
  const at = (stepMs: number): unknown[] => {
    const machine = createTowerCrane({ ...options, seed: 'steps' })
    return ['none', ...towerCraneFaults].map((fault) => {
      if (fault !== 'none') machine.inject(fault as TowerCraneFault)
      for (let passed = 0; passed < 900_000; passed += stepMs) machine.step(stepMs)
      const { truth } = machine
      machine.release()
      return truth
    })
  }
  expect(at(900_000)).toEqual(at(50))
})
