import { describe, expect, test } from 'vitest'
import { act, demoScenario } from './demo-scenario.ts'
import { createMachine } from './machine.ts'
import { district, lift } from './testing/district.ts'
import { drive } from './testing/drive.ts'
import { incidentsOf, inShort } from './testing/incidents-of.ts'

const noon = Date.UTC(2026, 10, 24, 4)
const minute = 60_000
const script = demoScenario(district)

describe('the script', () => {
  test('entraps at once in a lift whose unit answers, and within two minutes in one whose unit never does', () => {
    const entrapments = script.filter(({ action }) => action.name === 'entrap')
    expect(entrapments.map(({ deviceId }) => deviceId)).toEqual(['lift-1', 'lift-4'])
    expect(entrapments.map(({ atMs }) => atMs <= 2 * minute)).toEqual([true, true])
    for (const { deviceId } of entrapments) {
      expect(script.filter((line) => line.deviceId === deviceId && line.action.name === 'release')).toHaveLength(1)
    }
  })

  test('does nothing to devices that are not approved for use', () => {
    const parked = district.filter(({ approvedForUse }) => !approvedForUse).map(({ deviceId }) => deviceId)
    expect(script.filter(({ deviceId }) => parked.includes(deviceId))).toEqual([])
    expect(demoScenario([lift('lift-1', { approvedForUse: false })])).toEqual([])
  })

  test('has few overloads, spread over the cranes and the hoists', () => {
    const inTwoHours = script.filter(({ atMs }) => atMs < 120 * minute)
    const of = (name: string) => inTwoHours.filter(({ action }) => action.name === name)
    expect(of('overload_moment')).toHaveLength(5)
    expect(of('overload')).toHaveLength(3)
    expect(new Set(of('overload_moment').map(({ deviceId }) => deviceId))).toEqual(new Set(['crane-1', 'crane-2']))
  })
})

test('played for an hour it raises the incidents it says, once each, and no other; all of them end', () => {
  const { sent, driven } = drive(
    district,
    'demo',
    noon,
    60 * minute,
    script.filter(({ atMs }) => atMs < 50 * minute),
  )
  const played = script.filter(({ atMs }) => atMs < 50 * minute)
  const expected = played.flatMap(({ deviceId, expects }) => expects.map((rule) => `opened ${rule} ${deviceId}`))
  const incidents = incidentsOf(district, sent)
  const opened = incidents.filter(({ type }) => type === 'incident.opened')
  expect(inShort(opened).sort()).toEqual(expected.sort())
  expect(incidents.filter(({ type }) => type === 'incident.cleared')).toHaveLength(opened.length)
  expect(driven.map(({ truth }) => truth.fault)).toEqual(driven.map(() => undefined))
})

test('the first people are trapped within ten seconds of the start, and their entrapment is known within forty', () => {
  const { sent } = drive(district, 'demo', noon, minute, script)
  const incidents = incidentsOf(district, sent).filter(({ data }) => data.deviceId === 'lift-1')
  expect(inShort(incidents)).toContain('opened entrapment lift-1')
  const { data } = incidents.find(({ data }) => data.rule === 'entrapment') ?? {}
  // It counts from the 30th second after the halt.
  expect((data?.openedAt ?? 0) - noon).toBeLessThan(40_000)
  expect(data?.measured.people).toBeGreaterThanOrEqual(2)
})

test('what a machine cannot do is refused', () => {
  const machine = createMachine(lift('lift-1'), district, 'seed', noon)
  expect(() => act(machine, { name: 'overload_moment', share: 1 })).toThrow(/overload_moment .* elevator/)
})
