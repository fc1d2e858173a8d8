import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mappingOf, readWith } from '../testing/read-with.ts'
import { builtInMappings, loadMappings } from './mapping-folder.ts'
import { MappingError, parseMapping } from './mapping-schema.ts'

const right = {
  source: 'a test',
  kind: 'tower-crane',
  zone: 'Asia/Shanghai',
  messages: [{ topic: 'a/{id}/b', time: { path: 't', format: 'YYYY-MM-DD hh:mm:ss' }, frame: { hookLoad: 'w' } }],
}
const message = (change: object) => ({ ...right, messages: [{ ...right.messages[0], ...change }] })
const why = (mapping: unknown): string => {
  try {
    parseMapping(typeof mapping === 'string' ? mapping : JSON.stringify(mapping), 'own.json')
  } catch (error) {
    if (error instanceof MappingError) return error.message
    throw error
  }
  return ''
}

test('a mapping that is right is taken, and so are all that come with the product', async () => {
  expect(why(right)).toBe('')
  const { formats, errors } = await loadMappings(builtInMappings)
  expect([...errors]).toEqual([])
  expect([...formats.keys()]).toEqual(expect.arrayContaining(['edge-box', 'deye', 'yunzhu', 'hoist-7a7a']))
})

describe('what is wrong is told with its place in the mapping', () => {
  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'own.json: not JSON: '],
    ['no object', '[]', 'own.json: mapping: '],
    [
      'a field of another kind',
      message({ frame: { floor: 'f' } }),
      'own.json: messages[0].frame.floor: no field of tower-crane',
    ],
    [
      'a unit of another measure',
      message({ frame: { hookLoad: { path: 'w', unit: 'm' } } }),
      'own.json: messages[0].frame.hookLoad.unit: m is no unit of hookLoad: one of kg, t, g, kN',
    ],
    [
      'no such unit',
      message({ frame: { falls: { path: 'w', unit: 't' } } }),
      'messages[0].frame.falls.unit: t is no unit',
    ],
    ['a misspelt key', message({ frame: { hookLoad: { pth: 'w' } } }), 'own.json: messages[0].frame.hookLoad: '],
    [
      'neither path nor value',
      message({ frame: { hookLoad: {} } }),
      'messages[0].frame.hookLoad: either path or value',
    ],
    ['a path that is none', message({ frame: { hookLoad: 'a..b' } }), 'messages[0].frame.hookLoad.path: a path like'],
    ['no time', message({ time: undefined }), 'own.json: messages[0].time: missing'],
    ['no zone', { ...right, zone: undefined }, 'messages[0].time: YYYY-MM-DD hh:mm:ss says no zone: set "zone"'],
    ['no such zone', { ...right, zone: 'Asia/Chongking' }, 'own.json: zone: a zone of the IANA database'],
    ['a time that says no day', message({ time: { path: 't', format: 'hh:mm' } }), 'messages[0].time.format: '],
    ['no format', message({ time: 't' }), 'messages[0].time: no format, here or as "timeFormat"'],
    ['a wildcard in a level', message({ topic: 'a/x+/b' }), 'own.json: messages[0].topic: a topic with'],
    ['no kind', { ...right, kind: undefined }, 'own.json: messages[0].kind: missing'],
    [
      'a word that the field does not have',
      message({ frame: { state: { path: 's', values: { 0: 'working', 1: 'iddle', 2: null } } } }),
      'own.json: messages[0].frame.state: "iddle" is no state: one of working, idle, erecting, out_of_service',
    ],
    ['a fault that is no slug', message({ faults: [{ path: 'f', bits: { 0: 'Over load' } }] }), 'a slug: a-z, 0-9, _'],
    [
      'a level that the topic does not name',
      message({ device: '{ID}' }),
      'own.json: messages[0].topic: it names no {ID}',
    ],
    ['no messages', { ...right, messages: [] }, 'own.json: messages: '],
    [
      'no such table',
      message({ events: [{ code: 'c', codes: 'acme', time: 'received', active: 'a' }] }),
      'own.json: messages[0].events[0].codes: no such code table',
    ],
    [
      'half a latched event',
      message({ events: [{ code: 'c', codes: 'edge-box', start: 't' }] }),
      'own.json: messages[0].events[0]: either start and end (latched), or time and active',
    ],
  ])('%s', (_, mapping, reason) => {
    expect(why(mapping)).toContain(reason)
  })

  test('all of it at once', () => {
    expect(why(message({ topic: '+x', frame: { floor: 'f' } })).split('\n').length).toBeGreaterThanOrEqual(1)
    expect(why({ ...message({ frame: { a: 'f', b: 'f' } }) }).split('\n')).toHaveLength(2)
  })
})

test('no JSON makes the check throw anything else', () => {
  const leaf = fc.oneof(
    fc.constantFrom('received', 'a.b', '{x}', '^.a', 'tower-crane', 'json', 'ms', null, 1),
    fc.string(),
  )
  const key = fc.constantFrom(...['messages', 'topic', 'frame', 'events', 'path', 'time', 'values', 'hookLoad', 'bits'])
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree')),
    ),
  }))
  fc.assert(
    fc.property(tree, (it) => void why({ ...right, ...(it as object) })),
    { numRuns: 2_000 },
  )
})

test('no payload makes a mapping throw', () => {
  const mapping = mappingOf({
    kind: 'elevator',
    zone: 'Asia/Shanghai',
    timeFormat: 'YYYY-MM-DD hh:mm:ss',
    device: 'd',
    messages: [
      {
        topic: 't',
        each: 'list',
        time: 't',
        frame: {
          speed: { path: 'v', times: 'w' },
          floor: 'f',
          occupied: 'o',
          door: { path: 'x', bit: 3, values: { true: 'open' } },
        },
        faults: [
          { path: 'b', bits: { 0: 'a', 7: 'b' } },
          { path: 'c', codes: 'edge-box' },
        ],
        events: [{ each: 'e', code: 'c', codes: 'edge-box', start: 't', end: 'u' }],
        status: 's',
      },
    ],
  })
  const leaf = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('2026-03-01 08:30:00', '0101', 1, 'online', true),
  )
  const item = fc.dictionary(
    fc.constantFrom(...'dvwtfoxbcesu'),
    fc.oneof(leaf, fc.array(fc.dictionary(fc.constantFrom('c', 't', 'u'), leaf))),
  )
  const value = fc.oneof(fc.jsonValue(), fc.record({ list: fc.oneof(fc.array(item), leaf) }))
  fc.assert(
    fc.property(value, (it) => {
      for (const [type] of readWith(mapping, 't', it).records) expect(['frame', 'event', 'status']).toContain(type)
    }),
    { numRuns: 3_000 },
  )
}, 120_000)
