import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtIn, readWith, receivedAt } from '../testing/read-with.ts'
import { decodeSparkplug, encodeSparkplug, type Metric, metricValue } from './sparkplug-payload.ts'

const format = await builtIn('sparkplug-b')
const topic = (type: string, device = 'elevator-1') =>
  `spBv1.0/district/${type}/site-1${device === '' ? '' : `/${device}`}`
const payload = (metrics: readonly Metric[], timestamp = receivedAt) => encodeSparkplug({ timestamp, seq: 1, metrics })
const float = (name: string, value: number): Metric => ({ name, datatype: 9, floatValue: value })

const birth = payload([
  { ...float('speed', 0), alias: 1 },
  { name: 'floor', alias: 2, datatype: 3, intValue: 4 },
  { name: 'door', alias: 3, datatype: 12, stringValue: 'closed' },
  { name: 'inDoorZone', datatype: 11, booleanValue: true },
  { name: 'vendor/thing', datatype: 12, stringValue: 'is no field of ours' },
])

test('a birth has all, later only what has changed, by number: what comes out has all as it stands', () => {
  const reader = format.reader()
  expect(readWith(format, topic('DBIRTH'), birth, reader)).toMatchObject({
    devices: ['elevator-1'],
    bad: [],
    records: [['frame', { time: receivedAt, speed: 0, floor: 4, door: 'closed', inDoorZone: true }]],
  })
  const moved = payload(
    [
      { alias: 1, floatValue: -1.6 },
      { alias: 2, intValue: 0xffff_ffff },
    ],
    receivedAt + 1_000,
  )
  expect(readWith(format, topic('DDATA'), moved, reader).records).toEqual([
    ['frame', { time: receivedAt + 1_000, speed: -1.6, floor: -1, door: 'closed', inDoorZone: true }],
  ])
  const unknown = payload([{ alias: 3, isNull: true }])
  expect(readWith(format, topic('DDATA'), unknown, reader).records[0]?.[1]).not.toHaveProperty('door')
})

test('a device that was never born here is asked to be born, once', () => {
  const reader = format.reader()
  const first = readWith(format, topic('DDATA'), payload([{ alias: 1, floatValue: 1 }]), reader)
  expect(first).toMatchObject({ records: [], bad: [{ badClass: 'schema' }] })
  expect(decodeSparkplug(Buffer.from(first.replies[0] ?? '', 'hex')).metrics).toMatchObject([
    { name: 'Node Control/Rebirth', booleanValue: true },
  ])
  expect(readWith(format, topic('DDATA'), payload([{ alias: 1, floatValue: 1 }]), reader).replies).toEqual([])
  expect(readWith(format, topic('NBIRTH', ''), payload([]), reader).bad).toEqual([])
  readWith(format, topic('DBIRTH'), birth, reader)
  expect(readWith(format, topic('DDATA'), payload([{ alias: 1, floatValue: 1 }]), reader).bad).toEqual([])
})

test('a gap in what a node counts has it asked for its births, again after a minute and not sooner', () => {
  const reader = format.reader()
  const numbered = (seq: number, metrics: readonly Metric[] = []) =>
    encodeSparkplug({ timestamp: receivedAt, seq, metrics })
  const asks = (type: string, seq: number, after = 0) =>
    reader.read(numbered(seq), { type, group: 'g', node: 'n', device: 'elevator-1' }, receivedAt + after).replies.length
  readWith(format, 'spBv1.0/g/NBIRTH/n', numbered(254), reader)
  expect([asks('DBIRTH', 255), asks('DDATA', 0), asks('DDATA', 0), asks('DDATA', 1)]).toEqual([0, 0, 0, 0])
  expect([asks('DDATA', 3), asks('DDATA', 4, 59_000), asks('DDATA', 5, 60_000)]).toEqual([1, 0, 1])
  readWith(format, 'spBv1.0/g/NBIRTH/n', numbered(0), reader)
  expect([asks('DBIRTH', 1, 180_000), asks('DDATA', 2, 180_000)]).toEqual([0, 0])
})

test('the death of an earlier session is not that of the node', () => {
  const reader = format.reader()
  const session = (value: number) => payload([{ name: 'bdSeq', datatype: 4, longValue: value }])
  readWith(format, topic('NBIRTH', ''), session(7), reader)
  readWith(format, topic('DBIRTH'), birth, reader)
  expect(readWith(format, topic('NDEATH', ''), session(6), reader).records).toEqual([])
  expect(readWith(format, topic('NDEATH', ''), session(7), reader).records).toEqual([['status', 'offline']])
})

test('what was kept while the node was cut off has its own time, and is not how things stand', () => {
  const reader = format.reader()
  readWith(format, topic('DBIRTH'), birth, reader)
  const kept = (value: number, ago: number): Metric => ({
    alias: 1,
    floatValue: value,
    isHistorical: true,
    timestamp: receivedAt - ago,
  })
  expect(readWith(format, topic('DDATA'), payload([kept(1, 2_000), kept(2, 1_000)]), reader).records).toEqual([
    ['frame', { time: receivedAt - 2_000, speed: 1 }],
    ['frame', { time: receivedAt - 1_000, speed: 2 }],
  ])
  const both = payload([{ alias: 2, intValue: 5 }, kept(3, 500)])
  expect(readWith(format, topic('DDATA'), both, reader).records).toEqual([
    ['frame', { time: receivedAt - 500, speed: 3 }],
    ['frame', { time: receivedAt, speed: 0, floor: 5, door: 'closed', inDoorZone: true }],
  ])
  const endless = payload(Array.from({ length: 501 }, (_, ago) => kept(1, ago)))
  expect(readWith(format, topic('DDATA'), endless, reader).bad).toMatchObject([{ badClass: 'too_many' }])
})

test('a death is the end of what was known, and the device is offline', () => {
  const reader = format.reader()
  readWith(format, topic('DBIRTH'), birth, reader)
  expect(readWith(format, topic('DDEATH'), payload([]), reader).records).toEqual([['status', 'offline']])
  expect(readWith(format, topic('DDATA'), payload([{ alias: 1, floatValue: 1 }]), reader).bad).toHaveLength(1)
  readWith(format, topic('DBIRTH'), birth, reader)
  readWith(format, topic('DBIRTH', 'hoist-2'), payload([float('height', 3)]), reader)
  const death = readWith(format, topic('NDEATH', ''), payload([]), reader)
  expect(death.kinds).toEqual(['elevator', 'hoist'])
  expect(death.records).toEqual(Array(2).fill(['status', 'offline']))
  expect(readWith(format, topic('DDATA'), payload([{ alias: 1, floatValue: 1 }]), reader).bad).toHaveLength(1)
})

test('a gateway may speak for devices of every kind, each with the fields of its own', () => {
  const born = payload([float('hookLoad', 900), float('load', 900), float('height', 12)])
  const read = (device: string) => readWith(format, topic('DBIRTH', device), born).records[0]?.[1]
  expect(read('tower-crane-1')).toEqual({ time: receivedAt, hookLoad: 900 })
  expect(read('hoist-1')).toEqual({ time: receivedAt, load: 900, height: 12 })
  expect(readWith(format, topic('DBIRTH', 'stranger'), born).bad).toMatchObject([{ badClass: 'unknown_device' }])
})

test('a metric may have the number 0', () => {
  const reader = format.reader()
  readWith(format, topic('DBIRTH'), payload([{ ...float('speed', 1), alias: 0 }]), reader)
  const moved = readWith(format, topic('DDATA'), payload([{ alias: 0, floatValue: 2 }]), reader)
  expect(moved.records).toEqual([['frame', { time: receivedAt, speed: 2 }]])
})

test('numbers of one device are not those of another', () => {
  const reader = format.reader()
  readWith(format, topic('DBIRTH'), birth, reader)
  expect(
    readWith(format, topic('DDATA', 'elevator-2'), payload([{ alias: 1, floatValue: 1 }]), reader).bad,
  ).toHaveLength(1)
})

test.each([
  ['Int8, its own bits', { datatype: 1, intValue: 0xff }, -1],
  ['Int8, extended', { datatype: 1, intValue: 0xffff_ffff }, -1],
  ['Int16', { datatype: 2, intValue: 0x8000 }, -32_768],
  ['Int32', { datatype: 3, intValue: 7 }, 7],
  ['UInt8', { datatype: 5, intValue: 0xff }, 255],
  ['Float', { datatype: 9, floatValue: Math.fround(0.1) }, 0.1],
  ['Double', { datatype: 10, doubleValue: 0.1 }, 0.1],
  ['null', { datatype: 10, isNull: true }, undefined],
])('%s', (_, metric, value) => {
  expect(metricValue(metric)).toBe(value)
})

test('no bytes make it throw', () => {
  const reader = format.reader()
  const types = fc.constantFrom('DBIRTH', 'DDATA', 'DDEATH', 'NBIRTH', 'NDATA')
  fc.assert(
    fc.property(
      types,
      fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constant(birth)),
      fc.nat(200),
      (type, bytes, index) => {
        const damaged = Buffer.from(bytes)
        if (damaged.length > 0) damaged[index % damaged.length] = index
        readWith(format, topic(type), damaged, reader)
      },
    ),
    { numRuns: 2_000 },
  )
})
