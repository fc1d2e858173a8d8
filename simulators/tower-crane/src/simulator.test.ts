import { checkFrame, type EquipmentOf, type TowerCraneFrame } from '@lifeline/contracts'
import type { MotionLimits, MotionState } from '@lifeline/simulator-physics'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sector } from './limits.ts'
import { towerCraneLimits } from './limits.ts'
import { createTowerCrane } from './simulator.ts'
import type { TowerCrane } from './tower-crane.ts'
import type { TowerCraneTruth } from './truth.ts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']

const crane: Parameters = {
  position: { east: 0, north: 0 },
  jibHeight: 45,
  jibLength: 60,
  counterJibLength: 14,
  maxLoad: 8_000,
  ratedMoment: 1_250,
  loadChart: {
    2: [
      [15, 4_000],
      [30, 3_000],
      [45, 1_900],
      [60, 1_300],
    ],
    4: [
      [12, 8_000],
      [30, 3_200],
      [60, 1_100],
    ],
  },
  forbiddenZones: [],
  windLimit: 20,
}
const noon = Date.UTC(2026, 10, 24, 4)

/** Charts that fall with the radius, for 2 falls, 4 or both. */
const anyCrane: fc.Arbitrary<Parameters> = fc
  .record({
    jibLength: fc.integer({ min: 30, max: 80 }),
    jibHeight: fc.integer({ min: 15, max: 200 }),
    tipLoad: fc.integer({ min: 800, max: 3_000 }),
    windLimit: fc.constantFrom(12, 20),
    falls: fc.constantFrom<readonly ('2' | '4')[]>(['2'], ['4'], ['2', '4']),
  })
  .map(({ jibLength, tipLoad, falls, ...rest }) => {
    const near = 15
    const capacity = (radius: number): number => Math.round((tipLoad * jibLength) / radius)
    const chart = [near, 25, jibLength].map((radius): [number, number] => [radius, capacity(radius)])
    return {
      ...crane,
      ...rest,
      jibLength,
      maxLoad: capacity(near),
      ratedMoment: (9.81 * tipLoad * jibLength) / 1_000,
      loadChart: Object.fromEntries(falls.map((name) => [name, chart])),
    }
  })
const anySector: fc.Arbitrary<Sector> = fc
  .record({ from: fc.integer({ min: -180, max: 360 }), width: fc.integer({ min: 30, max: 360 }) })
  .map(({ from, width }) => ({ from, to: from + width }))

function run(machine: TowerCrane, limitMs: number, until: (truth: TowerCraneTruth) => boolean): TowerCraneTruth {
  for (let passed = 0; passed < limitMs; passed += 50) {
    machine.step(50)
    const { truth } = machine
    if (until(truth)) return truth
  }
  throw new Error(`not within ${limitMs} ms: ${JSON.stringify(machine.truth)}`)
}

const slack = 1e-6
const dt = 0.05

function axisViolation(name: string, before: MotionState, now: MotionState, limits: MotionLimits): string | undefined {
  if (Math.abs(now.speed) > limits.speed + slack) return `${name} too fast`
  if (Math.abs(now.acceleration) > limits.acceleration + slack) return `${name} accelerates too hard`
  if (Math.abs(now.acceleration - before.acceleration) > limits.jerk * dt + slack) return `${name} jerks`
  if (Math.abs(now.position - before.position) > limits.speed * dt + slack) return `${name} jumped`
  return undefined
}

function violation(
  parameters: Parameters,
  sector: Sector,
  before: TowerCraneTruth,
  now: TowerCraneTruth,
): string | undefined {
  const { slew, trolley, hoist, radius, hookHeight } = towerCraneLimits(parameters, 2)
  if (now.momentShare > 0.8) return 'above 80 % of the chart'
  if (now.hookLoad > 0.9 * parameters.maxLoad) return 'above 90 % of the greatest load'
  if (now.slew.position < sector.from - slack || now.slew.position > sector.to + slack) return 'left its sector'
  if (now.trolley.position < radius[0] - slack || now.trolley.position > radius[1] + slack) return 'trolley at its end'
  if (now.hook.position < hookHeight[0] - slack || now.hook.position > hookHeight[1] + slack) return 'hook at its end'
  if (now.windSpeed < 0 || now.windSpeed >= 9 || now.windSpeed > parameters.windLimit) return 'too much wind'
  return (
    axisViolation('slew', before.slew, now.slew, slew) ??
    axisViolation('trolley', before.trolley, now.trolley, trolley) ??
    axisViolation('hook', before.hook, now.hook, hoist)
  )
}

test('any crane in any sector keeps to its limits and below 80 % of its chart, and each of its frames is valid', () => {
  fc.assert(
    fc.property(anyCrane, anySector, fc.string(), (parameters, sector, seed) => {
      const machine = createTowerCrane({ parameters, seed, startTime: noon, sector, operator: 'card-1' })
      let before = machine.truth
      let heaviest = 0
      for (let tick = 1; tick <= 72_000; tick++) {
        machine.step(50)
        const now = machine.truth
        const wrong = violation(parameters, sector, before, now)
        if (wrong !== undefined) throw new Error(`${wrong} after ${tick} ticks: ${JSON.stringify({ before, now })}`)
        heaviest = Math.max(heaviest, now.load)
        before = now
        if (tick % 20 !== 0) continue
        const frame = machine.frame()
        const verdict = checkFrame('tower-crane', frame)
        if (!verdict.ok || verdict.unknown.length > 0) throw new Error(JSON.stringify(verdict))
        if (Math.hypot(frame.tiltX ?? 1, frame.tiltY ?? 1) > 0.11) throw new Error(`leans: ${JSON.stringify(frame)}`)
      }
      expect(heaviest).toBeGreaterThan(0)
      expect(before.fault).toBeUndefined()
    }),
    { numRuns: 5 },
  )
})

test('the same seed gives the same frames, however it is stepped; another seed gives others', () => {
  const frames = (seed: string, stepMs: number): TowerCraneFrame[] => {
    const machine = createTowerCrane({ parameters: crane, seed, startTime: noon })
    const taken: TowerCraneFrame[] = []
    for (let passed = stepMs; passed <= 1_800_000; passed += stepMs) {
      machine.step(stepMs)
      if (passed % 1_000 === 0) taken.push(machine.frame())
    }
    return taken
  }
  expect(frames('a', 1_000)).toEqual(frames('a', 125))
  expect(frames('a', 1_000)).not.toEqual(frames('b', 1_000))
})

test('a frame has all fields', () => {
  const frame = createTowerCrane({ parameters: crane, seed: 1, startTime: noon, operator: 'card-1' }).frame()
  expect(Object.keys(frame).sort()).toEqual(
    [
      ...['time', 'seq', 'faults', 'hookLoad', 'radius', 'hookHeight', 'travel', 'slewAngle', 'falls', 'windSpeed'],
      ...['tiltX', 'tiltY', 'state', 'operator'],
    ].sort(),
  )
  expect(frame).toMatchObject({ time: noon, seq: 0, slewAngle: 180, hookLoad: 0, state: 'idle', operator: 'card-1' })
})

test('one out of service stays parked and empty, its anemometer still turns', () => {
  const machine = createTowerCrane({
    parameters: crane,
    seed: 1,
    startTime: noon,
    inService: false,
    operator: 'card-1',
  })
  const { time, seq, windSpeed, tiltX, tiltY, ...before } = machine.frame()
  machine.step(3_600_000)
  expect(machine.frame()).toMatchObject({ ...before, state: 'out_of_service', hookLoad: 0 })
  expect(machine.frame()).not.toHaveProperty('operator')
  expect(machine.frame().windSpeed).not.toBe(windSpeed)
})

describe('an overloaded lift', () => {
  test('reaches the share that was ordered, begins at once where the crane waits, and ends when it is set down', () => {
    fc.assert(
      fc.property(
        anyCrane,
        fc.string(),
        fc.double({ min: 0.85, max: 1.05, noNaN: true }),
        (parameters, seed, share) => {
          const machine = createTowerCrane({ parameters, seed, startTime: noon })
          run(machine, 900_000, ({ phase }) => phase === 'waiting')
          machine.overloadMoment(share)
          const { time } = run(machine, 900_000, ({ fault }) => fault !== undefined)
          let greatest = 0
          run(machine, 900_000, ({ fault, momentShare }) => {
            greatest = Math.max(greatest, momentShare)
            return fault === undefined
          })
          expect(greatest).toBeGreaterThan(share - 0.03)
          expect(greatest).toBeLessThan(share + 0.03)
          expect(machine.truth).toMatchObject({ load: 0 })
          expect(machine.truth.time).toBeGreaterThan(time)
          run(machine, 1_800_000, ({ load, momentShare }) => load > 0 && momentShare < 0.8)
        },
      ),
      { numRuns: 10 },
    )
  })

  test('is brought back and set down when released', () => {
    const machine = createTowerCrane({ parameters: crane, seed: 'back', startTime: noon })
    machine.overloadMoment(0.95)
    const { trolley } = run(machine, 900_000, ({ fault }) => fault !== undefined)
    machine.release()
    const down = run(machine, 300_000, ({ load }) => load === 0)
    expect(down.trolley.position).toBeLessThan(trolley.position)
    expect(down.fault).toBeUndefined()
  })

  test('does not come once released before', () => {
    const machine = createTowerCrane({ parameters: crane, seed: 'never', startTime: noon })
    machine.overloadMoment(0.95)
    machine.release()
    for (let passed = 0; passed < 3_600_000; passed += 500) {
      machine.step(500)
      expect(machine.truth.momentShare).toBeLessThan(0.8)
    }
  })
})

test('time runs forwards only', () => {
  expect(() => createTowerCrane({ parameters: crane, seed: 1, startTime: noon }).step(-1)).toThrow(RangeError)
})
