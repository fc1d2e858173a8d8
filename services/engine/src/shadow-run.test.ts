import { PartitionFold } from '@lifeline/rules'
import { LogBuilder, lift } from '@lifeline/rules/testing'
import { expect, test } from 'vitest'
import { type ShadowFinding, ShadowRun } from './shadow-run.ts'

const riding = { mode: 'normal', speed: 1.7, door: 'closed', inDoorZone: false, occupied: true } as const
const stuck = { ...riding, speed: 0 } as const

test('a candidate beside the live run says what only one of them saw, and what both did', () => {
  const log = new LogBuilder(lift)
    .frames(1, 10, riding)
    .frames(10, 35, stuck)
    .frames(35, 60, riding)
    .frames(60, 100, stuck)
    .frames(100, 120, { ...stuck, door: 'open', inDoorZone: true })
  const live = new PartitionFold()
  live.apply(log.records.slice(0, 5))
  const shadow = new ShadowRun(live, { elevator: { entrapment: { outsideZoneSeconds: 20 } } })
  const findings: ShadowFinding[] = []
  for (const record of log.records.slice(5)) findings.push(...shadow.apply([record], live.apply([record])))
  const told = findings.filter(({ incident }) => incident.rule === 'entrapment').map(({ seenBy }) => seenBy)
  expect(told).toEqual(['candidate', 'both'])
})
