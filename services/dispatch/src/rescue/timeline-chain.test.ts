import type { TimelineEntry } from '@lifeline/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { type ChainedEntry, type ChainHead, chain, emptyChain, verifyChain } from './timeline-chain.ts'

const entry: fc.Arbitrary<TimelineEntry> = fc.record({
  at: fc.nat(),
  by: fc.string(),
  what: fc.string(),
  details: fc.dictionary(fc.string(), fc.jsonValue()),
})
const timeline = fc.array(entry, { minLength: 1, maxLength: 8 }).map((entries) => chain('c', emptyChain, entries))
const endOf = (entries: readonly ChainedEntry[]): ChainHead => ({
  entries: entries.length,
  head: entries.at(-1)?.hash ?? emptyChain.head,
})
const holds = (entries: readonly ChainedEntry[], end: ChainHead, caseId = 'c'): boolean =>
  verifyChain(caseId, entries, end).holds

test('what was chained holds, also when it grew in several steps', () => {
  const check = fc.property(fc.array(entry), fc.array(entry), (first, second) => {
    const start = chain('c', emptyChain, first)
    const whole = [...start, ...chain('c', endOf(start), second)]
    expect(whole).toEqual(chain('c', emptyChain, [...first, ...second]))
    expect(holds(whole, endOf(whole))).toBe(true)
  })
  fc.assert(check)
})

test('whatever is changed, taken out, put in, moved or given to another case is seen, and where', () => {
  const check = fc.property(timeline, fc.nat(), entry, (entries, pick, other) => {
    const end = endOf(entries)
    const n = pick % entries.length
    const changed = entries.map((one, place) => (place === n ? { ...one, by: `${one.by}x` } : one))
    expect(verifyChain('c', changed, end)).toMatchObject({ holds: false, brokenAt: n + 1 })
    expect(holds(entries.toSpliced(n, 1), end)).toBe(false)
    const between = chain('c', { entries: n, head: entries[n - 1]?.hash ?? emptyChain.head }, [other])
    expect(holds(entries.toSpliced(n, 0, ...between), end)).toBe(false)
    expect(holds(entries.slice(0, n), end)).toBe(false)
    expect(holds(entries, end, 'd')).toBe(false)
  })
  fc.assert(check)
})

test('canonical JSON is JSON, the same in whatever order keys were written', () => {
  const check = fc.property(fc.jsonValue(), (value) => {
    const text = canonicalJson(value)
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })
  fc.assert(check)
  expect(canonicalJson({ b: 1e21, a: [1.5, null, '€\n'], c: undefined })).toBe('{"a":[1.5,null,"€\\n"],"b":1e+21}')
})
