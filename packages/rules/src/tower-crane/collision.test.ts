import type { EquipmentOf, LogRecord, TowerCraneFrame } from '@lifeline/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PartitionFold } from '../partition-fold.ts'
import { crane } from '../testing/equipment.ts'
import { start } from '../testing/log-builder.ts'
import { segmentDistance, type Vector } from './segment-distance.ts'

type Crane = EquipmentOf<'tower-crane'>

/** Two cranes 80 m apart, east of one another, whose jibs of 60 m reach each other. */
const west: Crane = { ...crane, deviceId: 'west', reportInterval: 1 }
const east = (jibHeight = 45): Crane => ({
  ...crane,
  deviceId: 'east',
  reportInterval: 1,
  parameters: { ...crane.parameters, jibHeight, position: { east: 80, north: 0 } },
})

type Pose = Partial<Omit<TowerCraneFrame, 'time'>>

/** Folds a log of seconds in which each crane is where its function says; undefined for no frame. */
function incidents(
  cranes: readonly Crane[],
  poses: Record<string, (second: number) => Pose | undefined>,
  seconds: number,
) {
  const records: LogRecord[] = cranes.map((equipment) => ({ type: 'equipment', receivedAt: start, equipment }))
  for (let second = 1; second <= seconds; second++) {
    const receivedAt = start + second * 1000
    records.push({ type: 'tick', receivedAt })
    for (const { deviceId, kind, siteId } of cranes) {
      const pose = poses[deviceId]?.(second)
      if (pose === undefined) continue
      records.push({ type: 'frame', kind, deviceId, siteId, receivedAt, frame: { time: receivedAt, ...pose } })
    }
  }
  return new PartitionFold().apply(records).filter(({ data }) => data.rule === 'collision')
}

const idle = { radius: 10, hookHeight: 20, hookLoad: 0, state: 'working' } as const
/** The jib of `west` turns from north towards east, where the other's points west. */
const turning = (degreesPerSecond: number) => (second: number) => ({
  ...idle,
  slewAngle: Math.min(degreesPerSecond * second, 180),
})
const still = (slewAngle: number) => () => ({ ...idle, slewAngle })

test('a jib that turns towards another is one incident, told ahead and graver as it nears', () => {
  const told = incidents([west, east()], { west: turning(2), east: still(270) }, 44)
  expect(new Set(told.map(({ data }) => data.incidentId)).size).toBe(1)
  expect(told.map(({ data }) => data.severity)).toEqual(['warning', 'major', 'critical'])
  const [first] = told
  expect(first?.data).toMatchObject({
    deviceId: 'west',
    lifeSafety: true,
    measured: { other: 'east', parts: 'jib and jib' },
  })
  // At 60 m west's tip passes 2 m beside the other's jib when it points about 88° (the tips overlap by 40 m).
  const toldAt = (Date.parse(first?.time ?? '') - start) / 1000
  expect(toldAt + Number(first?.data.measured.timeToCollision)).toBeGreaterThan(41)
  expect(toldAt + Number(first?.data.measured.timeToCollision)).toBeLessThan(45)
})

test('jibs that cross in plan with enough height between them are none', () => {
  expect(incidents([west, east(48)], { west: turning(2), east: still(270) }, 120)).toEqual([])
})

test('frames that were held up and come together make no haste of a slow turn', () => {
  const taller = { ...east(60), parameters: { ...east(60).parameters, position: { east: 50, north: 0 } } }
  // Twenty seconds are held up, in the last eight of which the crane begins to turn at 2 degrees a second.
  const [from, until] = [10, 30]
  const slow = (second: number) => ({
    ...idle,
    slewAngle: Math.min(214, Math.max(214 - 2 * (second - until + 8), 180)),
  })
  const { kind, siteId } = west
  const records: LogRecord[] = [west, taller].map((equipment) => ({ type: 'equipment', receivedAt: start, equipment }))
  for (let second = 1; second <= 60; second++) {
    const time = start + second * 1000
    const heldUp = second >= from && second < until
    const receivedAt = heldUp ? start + until * 1000 + 140 + (second - until) * 20 : time + 50
    const of = { type: 'frame', kind, siteId } as const
    records.push({ ...of, deviceId: 'west', receivedAt, frame: { time, ...slow(second) } })
    records.push({ ...of, deviceId: 'east', receivedAt: time, frame: { time, ...still(0)() } })
    records.push({ type: 'tick', receivedAt: time })
  }
  records.sort((a, b) => a.receivedAt - b.receivedAt)
  expect(new PartitionFold().apply(records).filter(({ data }) => data.rule === 'collision')).toEqual([])
})

test('a jib lower than another still meets its tower', () => {
  const near = { ...east(60), parameters: { ...east(60).parameters, position: { east: 55, north: 0 } } }
  const told = incidents([west, near], { west: turning(2), east: still(180) }, 44)
  expect(told.at(-1)?.data.measured.parts).toBe('jib and tower')
})

test('the hook line of the higher crane meets the lower jib', () => {
  const high = (second: number) => ({ ...idle, slewAngle: 270, radius: 10 + second * 0.5, hookHeight: 10 })
  const told = incidents([west, east(60)], { west: still(90), east: high }, 60)
  expect(told[0]?.data).toMatchObject({ deviceId: 'east', measured: { other: 'west', parts: 'hook and jib' } })
})

test('turning away, or standing, is none', () => {
  expect(incidents([west, east()], { west: still(88), east: still(270) }, 60)).toEqual([])
  expect(incidents([west, east()], { west: (s) => ({ ...idle, slewAngle: 60 - s }), east: still(270) }, 50)).toEqual([])
})

test('a crane that fell silent is taken to stand where it was going', () => {
  const silent = (second: number) => (second < 5 ? { ...idle, slewAngle: 270 } : undefined)
  const told = incidents([west, east()], { west: turning(2), east: silent }, 44)
  expect(told.map(({ data }) => data.severity)).toContain('critical')
  expect(Number(told.at(-1)?.data.measured.otherAgeSeconds)).toBeGreaterThan(20)
})

test('frames without an angle leave the crane where it was', () => {
  const blind = (second: number) => (second % 2 === 0 ? turning(2)(second) : idle)
  expect(incidents([west, east()], { west: blind, east: still(270) }, 44).at(-1)?.data.severity).toBe('critical')
})

test('two cranes that stand 3 m apart are none, for all the noise of their angles', () => {
  const random = (second: number, salt: number) => Math.sin(second * 12.9898 + salt * 78.233) * 43_758.5453
  const noise = (second: number, salt: number) => ((random(second, salt) % 1) - 0.5) * 0.5
  const near = { ...east(60), parameters: { ...east(60).parameters, position: { east: 50, north: 3 } } }
  const standing = (angle: number, salt: number) => (second: number) => ({
    ...idle,
    slewAngle: angle + noise(second, salt),
  })
  expect(incidents([west, near], { west: standing(90, 1), east: standing(0, 2) }, 1_800)).toEqual([])
})

test('one frame of an angle that no crane can have reached is passed over', () => {
  const spike = (second: number) => ({ ...idle, slewAngle: second === 30 ? 80 : 20 })
  expect(incidents([west, east()], { west: spike, east: still(270) }, 60)).toEqual([])
})

test('a crane that was never heard still has its tower where it is registered', () => {
  const unheard = { ...east(60), parameters: { ...east(60).parameters, position: { east: 55, north: 0 } } }
  const told = incidents([west, unheard], { west: turning(2) }, 44)
  expect(told.at(-1)?.data).toMatchObject({ severity: 'critical', measured: { parts: 'jib and tower', other: 'east' } })
})

test('cranes out of reach of each other are not looked at', () => {
  const far = { ...east(), parameters: { ...east().parameters, position: { east: 130, north: 0 } } }
  expect(incidents([west, far], { west: turning(2), east: still(270) }, 60)).toEqual([])
})

const point = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -500, max: 500 }).map((tenths) => tenths / 10)))

test('the distance of two lines is no more than that of any two of their points, and is reached by some', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 4, maxLength: 4 }), (points) => {
      const [a1, a2, b1, b2] = points as unknown as [Vector, Vector, Vector, Vector]
      const found = segmentDistance(a1, a2, b1, b2)
      const at = (p: Vector, q: Vector, share: number) =>
        p.map((value, i) => value + share * ((q[i] as number) - value))
      let least = Number.POSITIVE_INFINITY
      for (let s = 0; s <= 40; s++) {
        for (let t = 0; t <= 40; t++) {
          const [p, q] = [at(a1, a2, s / 40), at(b1, b2, t / 40)]
          least = Math.min(least, Math.hypot(...p.map((value, i) => value - (q[i] as number))))
        }
      }
      expect(found).toBeLessThanOrEqual(least + 1e-6)
      const step =
        (Math.hypot(...a1.map((v, i) => v - (a2[i] as number))) +
          Math.hypot(...b1.map((v, i) => v - (b2[i] as number)))) /
        40
      expect(found).toBeGreaterThanOrEqual(least - step)
    }),
    { numRuns: 200 },
  )
})
