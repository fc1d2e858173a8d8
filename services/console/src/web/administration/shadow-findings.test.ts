import { expect, test } from 'vitest'
import { shadowFindings } from './shadow-findings.ts'

const metrics = `# HELP lifeline_shadow_incidents_total Incidents that ended while a candidate was tried
# TYPE lifeline_shadow_incidents_total counter
lifeline_shadow_incidents_total{service="engine",kind="elevator",rule="entrapment",seen_by="both"} 3
lifeline_shadow_incidents_total{service="engine-2",kind="elevator",rule="entrapment",seen_by="both"} 2
lifeline_shadow_incidents_total{service="engine",kind="elevator",rule="entrapment",seen_by="candidate"} 1
lifeline_shadow_incidents_total{service="engine",kind="hoist",rule="wind",seen_by="live"} 7
lifeline_engine_records_total{service="engine"} 12345
`

test('what a trial found is told by rule, over all engines, of the kind alone', () => {
  expect(shadowFindings(metrics, 'elevator')).toEqual([{ rule: 'entrapment', live: 0, candidate: 1, both: 5 }])
  expect(shadowFindings(metrics, 'hoist')).toEqual([{ rule: 'wind', live: 7, candidate: 0, both: 0 }])
  expect(shadowFindings(metrics, 'tower-crane')).toEqual([])
})
