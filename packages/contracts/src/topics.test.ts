import { expect, test } from 'vitest'
import { controllerEventSchema, loggedEvent } from './controller-event.ts'
import { partitionOf } from './subjects.ts'
import { parseTopic } from './topics.ts'

test('a device topic has four levels, a known kind and a known channel', () => {
  expect(parseTopic('v1/tower-crane/C-1/telemetry')).toEqual({
    kind: 'tower-crane',
    deviceId: 'C-1',
    channel: 'telemetry',
  })
  for (const topic of [
    'v1/lift/a/telemetry',
    'v1/elevator/a/b/telemetry',
    'v1/elevator/+/telemetry',
    'v2/elevator/a/status',
    '',
  ])
    expect(parseTopic(topic)).toBeUndefined()
})

test('an event’s code is a slug, or a number that its scheme knows', () => {
  const event = (code: unknown) => controllerEventSchema.safeParse({ time: 1, code, active: true })
  expect(event('alarm_button').success).toBe(true)
  expect(event('no_such_code').success).toBe(false)
  const known = event({ scheme: 'cq-2023', code: 93 })
  expect(known.success && loggedEvent(known.data).code).toBe('entrapment')
  expect(event({ scheme: 'gbt24476-2017', code: 93 }).success).toBe(false)
  expect(event({ scheme: 'cq-2023', code: 5000 }).success).toBe(false)
})

test('sites spread over the partitions and stay where they are', () => {
  const sites = Array.from({ length: 1_000 }, (_, i) => partitionOf(`site-${i}`, 8))
  for (let partition = 0; partition < 8; partition++) {
    expect(sites.filter((other) => other === partition).length).toBeGreaterThan(60)
  }
  expect(partitionOf('site-1', 8)).toBe(partitionOf('site-1', 8))
})
