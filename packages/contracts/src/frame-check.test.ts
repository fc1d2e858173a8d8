import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFrame } from './frame-check.ts'
import { frameSchemas } from './frames.ts'
import { type Kind, kinds } from './identifiers.ts'

/** Values of every sort a field could be sent as, the right ones among them. */
const anyValue = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.nat(),
  fc.constantFrom(2, 3, 4, 1e308, -1, 0.5, 9_000_000_000_000, 9_000_000_000_001),
  fc.boolean(),
  fc.constantFrom('closed', 'open', 'normal', 'mains', 'working', 'running', 'armed', 'nonsense', ''),
  fc.string(),
  fc.constant(null),
  fc.array(fc.constantFrom('door_open_fault', 'Bad Slug', 'x')),
  fc.object({ maxDepth: 1 }),
)

const anyFrame = (kind: Kind) => {
  const names = Object.keys(frameSchemas[kind].shape)
  const fields = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), anyValue, { maxKeys: 8 })
  return fc.tuple(fields, fc.option(fc.integer({ min: 0, max: 2e12 }), { nil: undefined })).map(([frame, time]) => ({
    ...frame,
    ...(time === undefined ? {} : { time }),
  }))
}

test.each(kinds)('the compiled check of a %s frame and zod give one verdict and one frame', (kind) => {
  fc.assert(
    fc.property(fc.oneof(anyFrame(kind), fc.jsonValue()), (value) => {
      const zod = frameSchemas[kind].safeParse(value)
      const compiled = checkFrame(kind, value)
      expect(compiled.ok).toBe(zod.success)
      if (compiled.ok && zod.success) expect(compiled.frame).toEqual(zod.data)
    }),
    { numRuns: 2_000 },
  )
})

test('a refused frame names the field and says why', () => {
  expect(checkFrame('elevator', { time: 1, door: 'ajar' })).toMatchObject({ ok: false, path: 'door' })
  expect(checkFrame('elevator', { speed: 1 })).toMatchObject({ path: 'time', reason: 'time is missing' })
  expect(checkFrame('elevator', { time: 1, faults: ['x', 3] })).toMatchObject({ path: 'faults[1]' })
  expect(checkFrame('tower-crane', { time: 1, falls: 3 })).toMatchObject({ reason: 'must be one of 2, 4' })
})

test('unknown fields are named and kept out', () => {
  expect(checkFrame('hoist', { time: 1, load: 2, colour: 'red' })).toEqual({
    ok: true,
    frame: { time: 1, load: 2 },
    unknown: ['colour'],
  })
})
