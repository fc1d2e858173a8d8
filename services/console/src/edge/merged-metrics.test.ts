import { expect, test } from 'vitest'
import { mergeMetrics } from './merged-metrics.ts'

const histogram = (sum: number) => `# HELP wait_seconds Wait.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="1"} 3
wait_seconds_bucket{le="+Inf"} 4
wait_seconds_sum ${sum}
wait_seconds_count 4
# HELP wait_seconds_total Other.
# TYPE wait_seconds_total counter
wait_seconds_total 1
`

test('what two services both have stands under one HELP and TYPE, samples together, each with its service', () => {
  const merged = mergeMetrics([
    { service: 'a', text: histogram(2.5) },
    { service: 'b', text: histogram(7) },
  ])
  expect(merged).toBe(`# HELP wait_seconds Wait.
# TYPE wait_seconds histogram
wait_seconds_bucket{service="a",le="1"} 3
wait_seconds_bucket{service="a",le="+Inf"} 4
wait_seconds_sum{service="a"} 2.5
wait_seconds_count{service="a"} 4
wait_seconds_bucket{service="b",le="1"} 3
wait_seconds_bucket{service="b",le="+Inf"} 4
wait_seconds_sum{service="b"} 7
wait_seconds_count{service="b"} 4
# HELP wait_seconds_total Other.
# TYPE wait_seconds_total counter
wait_seconds_total{service="a"} 1
wait_seconds_total{service="b"} 1
`)
})

test('a label whose value looks like the end of labels, and a sample nobody announced, stay as they are', () => {
  expect(mergeMetrics([{ service: 'a', text: 'odd{reason="} {"} 1 1700000000000\nplain 2\nempty{} 3' }])).toBe(
    'odd{service="a",reason="} {"} 1 1700000000000\nplain{service="a"} 2\nempty{service="a"} 3\n',
  )
})
