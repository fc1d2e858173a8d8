import { type IncidentEvent, kinds } from '@lifeline/contracts'
import { expect, test } from 'vitest'
import { rulesOf, settingsOf } from './catalogue.ts'
import { PartitionFold } from './partition-fold.ts'
import { LogBuilder, start } from './testing/log-builder.ts'
import { type RuleVector, ruleVectors } from './testing/rule-vectors.ts'

const begin = 25
/** interface.md §6. */
const lifeSafety = new Set([
  'entrapment',
  'alarm_button',
  'unintended_movement',
  'moving_with_door_open',
  'overtravel_top',
  'overtravel_bottom',
  'safety_device_tripped',
  'collision',
])

type Stretch = 'sound' | 'faulty' | 'nearMiss'

/** A log of stretches, each of so many frames a second apart, and what the vector's rule makes of it. */
function play(vector: RuleVector, ...stretches: readonly (readonly [Stretch, number])[]): LogBuilder {
  const log = new LogBuilder(vector.equipment)
  let at = 1
  for (const [stretch, seconds] of stretches) {
    for (let second = 0; second < seconds; second++) log.frame(at++, vector[stretch](second))
  }
  return log.ticks(at)
}

const told = (log: LogBuilder, { rule }: RuleVector): IncidentEvent[] =>
  log.incidents().filter(({ data }) => data.rule === rule)

const rejoinOf = ({ rule, equipment }: RuleVector): number => {
  const found = rulesOf(equipment.kind).find(({ name }) => name === rule)
  return (found && settingsOf(found).rejoinSeconds?.default) ?? 0
}

const named = ruleVectors.map((vector) => [`${vector.equipment.kind} ${vector.rule}: ${vector.shows}`, vector] as const)

test.each(named)('%s: opens in time, once, and clears', (_name, vector) => {
  const shown = vector.opensAfter + 15
  const log = play(vector, ['sound', begin - 1], ['faulty', shown], ['sound', rejoinOf(vector) + 5])
  const [opened, cleared, ...more] = told(log, vector)
  expect(opened?.type).toBe('incident.opened')
  const after = (Date.parse(opened?.time ?? '') - start) / 1000 - begin
  expect(after).toBeGreaterThanOrEqual(0)
  expect(after).toBeLessThanOrEqual(vector.opensAfter + 1)
  expect(cleared?.type).toBe('incident.cleared')
  expect(more).toEqual([])
  expect(opened?.data.lifeSafety).toBe(
    lifeSafety.has(vector.rule) || (opened?.data.severity === 'critical' && vector.rule === 'overspeed'),
  )
})

test.each(named)('%s: a near miss is none', (_name, vector) => {
  const log = play(vector, ['sound', begin - 1], ['nearMiss', vector.opensAfter + 30], ['sound', 5])
  expect(told(log, vector)).toEqual([])
})

test.each(named)('%s: back within the rejoin time it is the same incident', (_name, vector) => {
  const shown = vector.opensAfter + 5
  const log = play(vector, ['sound', begin - 1], ['faulty', shown], ['sound', 5], ['faulty', shown])
  expect(told(log, vector).map(({ type }) => type)).toEqual(['incident.opened'])
})

test.each(named)('%s: a restart at any record changes nothing', (_name, vector) => {
  const { records } = play(vector, ['sound', 3], ['faulty', vector.opensAfter + 3], ['sound', rejoinOf(vector) + 5])
  let fold = new PartitionFold()
  const inPieces = records.flatMap((record) => {
    const events = fold.apply([record])
    fold = new PartitionFold(fold.snapshot())
    return events
  })
  expect(inPieces).toEqual(new PartitionFold().apply(records))
})

test('every rule of every kind has a vector, or a test of its own', () => {
  const ownTest = ['collision', 'offline', 'unreadable_data', 'clock_skew']
  for (const kind of kinds) {
    for (const { name, kinds: of } of rulesOf(kind)) {
      const shown = ruleVectors.some(({ rule, equipment }) => rule === name && of.includes(equipment.kind))
      expect(shown || ownTest.includes(name), `${kind} ${name}`).toBe(true)
    }
  }
})

test('every setting says its unit and its source', () => {
  for (const kind of kinds) {
    for (const rule of rulesOf(kind)) {
      for (const { unit, source } of Object.values(settingsOf(rule))) {
        expect(unit).not.toBe('')
        expect(source.length).toBeGreaterThan(10)
      }
    }
  }
})
