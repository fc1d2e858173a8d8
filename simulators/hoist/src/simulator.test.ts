import { checkFrame, type EquipmentOf, type HoistFrame } from '@lifeline/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Hoist } from './hoist.ts'
import { hoistLimits } from './limits.ts'
import { createHoist } from './simulator.ts'
import type { HoistTruth } from './truth.ts'

type Parameters = EquipmentOf<'hoist'>['parameters']

const hoist: Parameters = {
  ratedLoad: 2_000,
  ratedSpeed: 0.6,
  maxPeople: 9,
  travel: 90,
  safetyDeviceCalibratedOn: '2026-03-01',
}
const noon = Date.UTC(2026, 10, 24, 4)

const anyHoist: fc.Arbitrary<Parameters> = fc
  .record({
    ratedLoad: fc.constantFrom(1_000, 2_000, 3_200),
    ratedSpeed: fc.constantFrom(0.6, 0.85, 1.2),
    maxPeople: fc.integer({ min: 2, max: 12 }),
    landings: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 20 })),
  })
  .map(({ landings, ...rest }) => {
    const heights = landings?.sort((a, b) => a - b).map((storey) => storey * 3)
    const travel = heights === undefined ? 60 : (heights.at(-1) ?? 0)
    return { ...hoist, ...rest, travel, ...(heights === undefined ? {} : { landings: heights }) }
  })

function run(machine: Hoist, limitMs: number, until: (truth: HoistTruth) => boolean): HoistTruth {
  for (let passed = 0; passed < limitMs; passed += 50) {
    machine.step(50)
    const { truth } = machine
    if (until(truth)) return truth
  }
  throw new Error(`not within ${limitMs} ms: ${JSON.stringify(machine.truth)}`)
}

function violation(parameters: Parameters, before: HoistTruth, now: HoistTruth): string | undefined {
  const { ride, landings } = hoistLimits(parameters)
  const slack = 1e-6
  const dt = 0.05
  if (Math.abs(now.speed) > ride.speed + slack) return 'faster than rated'
  if (Math.abs(now.acceleration) > ride.acceleration + slack) return 'accelerates too hard'
  if (Math.abs(now.acceleration - before.acceleration) > ride.jerk * dt + slack) return 'jerks'
  if (Math.abs(now.position - before.position) > ride.speed * dt + slack) return 'position jumped'
  if (now.door === 'open' && (now.speed !== 0 || !landings.includes(now.position))) return 'open away from a landing'
  if (now.position < (landings[0] ?? 0) - slack || now.position > (landings.at(-1) ?? 0) + slack)
    return 'beyond the ends'
  if (now.load >= 0.9 * parameters.ratedLoad) return 'too much in the cage'
  if (now.people < 1 || now.people > parameters.maxPeople) return 'people'
  return undefined
}

test('any hoist keeps to its limits, and each of its frames is valid', () => {
  fc.assert(
    fc.property(anyHoist, fc.string(), (parameters, seed) => {
      const machine = createHoist({ parameters, seed, startTime: noon, operator: 'card-7' })
      let before = machine.truth
      let highest = 0
      for (let tick = 1; tick <= 72_000; tick++) {
        machine.step(50)
        const now = machine.truth
        const wrong = violation(parameters, before, now)
        if (wrong !== undefined) throw new Error(`${wrong} after ${tick} ticks: ${JSON.stringify({ before, now })}`)
        highest = Math.max(highest, now.position)
        before = now
        if (tick % 20 !== 0) continue
        const verdict = checkFrame('hoist', machine.frame())
        if (!verdict.ok || verdict.unknown.length > 0) throw new Error(JSON.stringify(verdict))
      }
      expect(highest).toBeGreaterThan(0)
      expect(before.fault).toBeUndefined()
    }),
    { numRuns: 5 },
  )
})

test('the same seed gives the same frames, however it is stepped; another seed gives others', () => {
  const frames = (seed: string, stepMs: number): HoistFrame[] => {
    const machine = createHoist({ parameters: hoist, seed, startTime: noon })
    const taken: HoistFrame[] = []
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
  const { windSpeed, tiltX, tiltY, ...frame } = createHoist({
    parameters: hoist,
    seed: 1,
    startTime: noon,
    operator: 'card-7',
  }).frame()
  expect([windSpeed, tiltX, tiltY]).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)])
  expect(frame).toEqual({
    time: noon,
    seq: 0,
    floor: 0,
    operator: 'card-7',
    power: 'mains',
    load: 75,
    people: 1,
    speed: 0,
    height: 0,
    cageDoor: 'closed',
    landingGate: 'closed',
    topLimit: false,
    bottomLimit: false,
    safetyDevice: 'armed',
    driveState: 'stopped',
    faults: [],
  })
})

test('one out of service stays parked, shut and empty', () => {
  const machine = createHoist({ parameters: hoist, seed: 1, startTime: noon, inService: false, operator: 'card-7' })
  machine.step(3_600_000)
  expect(machine.frame()).toMatchObject({ height: 0, cageDoor: 'closed', people: 0, load: 0, driveState: 'stopped' })
  expect(machine.frame()).not.toHaveProperty('operator')
})

test('overload fills the cage beyond 110 % at a landing, doors open, and ends by itself', () => {
  fc.assert(
    fc.property(anyHoist, fc.string(), (parameters, seed) => {
      const machine = createHoist({ parameters, seed, startTime: noon })
      run(machine, 900_000, ({ phase, time }) => phase === 'waiting' && time > noon + 60_000)
      machine.overload()
      const { time } = run(machine, 600_000, ({ load }) => load >= 1.1 * parameters.ratedLoad)
      expect(machine.truth.fault?.name).toBe('overload')
      run(machine, 120_000, (truth) => {
        if (truth.fault !== undefined && truth.door !== 'open') throw new Error('shuts overloaded')
        return truth.fault === undefined
      })
      expect(machine.truth.time - time).toBeGreaterThan(15_000)
      run(machine, 1_800_000, ({ phase }) => phase === 'waiting')
    }),
    { numRuns: 15 },
  )
})

test('too many people ride once', () => {
  const machine = createHoist({ parameters: hoist, seed: 'crowd', startTime: noon })
  machine.tooManyPeople()
  run(machine, 900_000, ({ people, moving }) => people === hoist.maxPeople + 2 && moving)
  expect(machine.truth.fault?.name).toBe('too_many_people')
  run(machine, 900_000, ({ phase }) => phase === 'waiting')
  for (let passed = 0; passed < 3_600_000; passed += 500) {
    machine.step(500)
    expect(machine.truth.people).toBeLessThanOrEqual(hoist.maxPeople)
  }
})

test('overspeed runs one ride at the trip speed of the safety device', () => {
  const machine = createHoist({ parameters: hoist, seed: 'fast', startTime: noon })
  machine.overspeed()
  run(machine, 900_000, ({ speed }) => speed <= -1)
  expect(machine.truth.fault?.name).toBe('overspeed')
  run(machine, 300_000, ({ fault }) => fault === undefined)
  run(machine, 300_000, ({ phase }) => phase === 'waiting')
  for (let passed = 0; passed < 3_600_000; passed += 50) {
    machine.step(50)
    expect(Math.abs(machine.truth.speed)).toBeLessThanOrEqual(hoist.ratedSpeed + 1e-9)
  }
})

test('what was ordered does not come once released before', () => {
  const machine = createHoist({ parameters: hoist, seed: 'never', startTime: noon })
  machine.overload()
  machine.release()
  for (let passed = 0; passed < 3_600_000; passed += 500) {
    machine.step(500)
    expect(machine.truth.load).toBeLessThan(0.9 * hoist.ratedLoad)
  }
})

test('time runs forwards only', () => {
  expect(() => createHoist({ parameters: hoist, seed: 1, startTime: noon }).step(-1)).toThrow(RangeError)
})
