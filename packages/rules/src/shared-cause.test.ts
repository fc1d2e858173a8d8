import type { Equipment, LogRecord } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { PartitionFold } from './partition-fold.ts'
import { lift } from './testing/equipment.ts'
import { start } from './testing/log-builder.ts'

const riding = { mode: 'normal', speed: 1.7, door: 'closed', inDoorZone: false, occupied: true, power: 'mains' }
const dark = { ...riding, speed: 0, power: 'off' }
const block = ['a', 'b', 'c'].map((deviceId): Equipment => ({ ...lift, deviceId }))

/** Each second a tick, and a frame of each lift that sends one then. */
function incidents(
  lifts: readonly Equipment[],
  seconds: number,
  frame: (lift: number, second: number) => object | undefined,
) {
  const records: LogRecord[] = lifts.map((equipment) => ({ type: 'equipment', receivedAt: start, equipment }))
  for (let second = 1; second <= seconds; second++) {
    const receivedAt = start + second * 1000
    records.push({ type: 'tick', receivedAt })
    for (const [i, { deviceId, kind, siteId }] of lifts.entries()) {
      const fields = frame(i, second)
      if (fields === undefined) continue
      records.push({ type: 'frame', kind, deviceId, siteId, receivedAt, frame: { time: receivedAt, ...fields } })
    }
  }
  return new PartitionFold()
    .apply(records)
    .filter(({ type }) => type === 'incident.opened')
    .map(({ data }) => data)
}

test('a power cut in a block is one parent incident; its lifts are its children, each entrapment its own', () => {
  const told = incidents(block, 60, (i, second) => (second < 10 + i ? riding : dark))
  const cuts = told.filter(({ rule }) => rule === 'power_loss')
  const trapped = told.filter(({ rule }) => rule === 'entrapment')
  const [parent] = cuts
  expect(cuts.map(({ deviceId, parentId }) => [deviceId, parentId])).toEqual([
    ['a', undefined],
    ['b', parent?.incidentId],
    ['c', parent?.incidentId],
  ])
  expect(trapped.map(({ deviceId, parentId }) => [deviceId, parentId])).toEqual(
    ['a', 'b', 'c'].map((deviceId) => [deviceId, parent?.incidentId]),
  )
})

test('a lift of another site that loses its power at the same time stands for itself', () => {
  const apart = [block[0], { ...block[1], siteId: 'site-2' }] as Equipment[]
  const told = incidents(apart, 30, (_i, second) => (second < 10 ? riding : dark))
  expect(told.map(({ rule, parentId }) => [rule, parentId])).toEqual([
    ['power_loss', undefined],
    ['power_loss', undefined],
  ])
})

test('when the gateway of a site falls silent its devices have one parent', () => {
  const told = incidents(block, 60, (_i, second) => (second < 10 ? { ...riding, occupied: false } : undefined))
  const [first, ...others] = told.filter(({ rule }) => rule === 'offline')
  expect(first?.parentId).toBeUndefined()
  expect(others.map(({ parentId }) => parentId)).toEqual([first?.incidentId, first?.incidentId])
})

test('a cut an hour later is another one', () => {
  const told = incidents([...block], 3_700, (_i, second) =>
    second % 3_600 < 10 ? riding : { ...dark, occupied: false },
  )
  const cuts = told.filter(({ rule }) => rule === 'power_loss')
  expect(cuts.filter(({ parentId }) => parentId === undefined)).toHaveLength(2)
})
