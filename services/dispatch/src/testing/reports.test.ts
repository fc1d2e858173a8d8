import type { RescueCase } from '@lifeline/contracts'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ReportRow } from '../report/rescue-report.ts'
import { DeskWorld } from './desk-world.ts'
import type { EventReader } from './event-reader.ts'
import { doorFault, heard } from './lift-world.ts'

// Making a database takes a while on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

let world: DeskWorld
let events: EventReader
/** All cases of these tests are opened on this day, in Asia/Shanghai. */
const day = '2026-03-05'
const noon = Date.parse(`${day}T12:00:00+08:00`)
interface Report {
  readonly from: number
  readonly to: number
  readonly rows: readonly ReportRow[]
  readonly open?: readonly RescueCase[]
}

async function opened(deviceId: string, registrationCode: string, data = {}): Promise<string> {
  await world.addLift(deviceId, { registrationCode })
  await world.report({ registrationCode, rule: 'door_fault', drill: true })
  await world.tell(heard(deviceId, 1, { deviceId, openedAt: noon, ...data }))
  return (await events.untilCase((incident) => incident.deviceId === deviceId && !incident.drill)).id
}

beforeAll(async () => {
  world = await DeskWorld.start()
  events = await world.listen()
  const district = (code: string, n: number) => `3110${code}2019${String(n).padStart(6, '0')}`
  const ids = []
  for (const n of [1, 2, 3]) ids.push(await opened(`lift-${n}`, district('500120', n)))
  const [freed = '', false_ = ''] = ids
  await world.act('dispatcher', freed, 'accept')
  await world.act('maintenance', freed, 'arrive')
  await world.act('maintenance', freed, 'free', { freed: 2 })
  await world.act('dispatcher', freed, 'close', { freed: 2, injured: 0, cause: 'door' })
  await world.act('dispatcher', false_, 'false-alarm', { reason: 'x' })
  await opened('lift-4', district('500106', 4), doorFault)
})
afterAll(() => world?.end())

const report = async (query: string) => (await world.call<Report>('regulator', 'GET', `/reports/${query}`)).body
const figureOf = (rows: readonly ReportRow[], group: string, name: string) =>
  rows.find((row) => row.group === group)?.figures.find((figure) => figure.name === name)?.value

test('a day is counted in the desk’s time zone, without its drills', async () => {
  const { from, to, rows } = await report(`day?date=${day}&by=district`)
  expect([from, to]).toEqual([noon - 12 * 3_600_000, noon + 12 * 3_600_000])
  expect(rows.map(({ group }) => group)).toEqual(['', '500106', '500120'])
  expect(rows.map(({ group }) => figureOf(rows, group, 'cases'))).toEqual([4, 1, 3])
  const total = (name: string) => figureOf(rows, '', name)
  expect(['entrapments', 'freed', 'falseAlarms', 'calls'].map(total)).toEqual([2, 2, 1, 0])
  expect([total('level1Share'), total('arrivalOver30Share')]).toEqual([1, 0])
  expect(total('responseMean')).toBeGreaterThan(0)
  expect(total('arrivalP90')).toBeGreaterThanOrEqual(total('responseP90') ?? Number.POSITIVE_INFINITY)
  expect(figureOf(rows, '500106', 'arrivalMean')).toBeNull()
})

test('every figure leads to the cases it was made from', async () => {
  for (const by of ['district', 'unit', 'age', 'cause']) {
    const { rows } = await report(`month?month=${day.slice(0, 7)}&by=${by}`)
    for (const { group, figures } of rows) {
      for (const { name, unit, value, cases } of figures) {
        const path = cases.slice('/api/v1'.length)
        const { status, body } = await world.call<{ items: RescueCase[] }>('dispatcher', 'GET', path)
        expect([name, status]).toEqual([name, 200])
        const count = body.items.length
        if (unit === 'cases') expect([by, group, name, count]).toEqual([by, group, name, value])
        else if (unit === 's') expect([name, value === null]).toEqual([name, count === 0])
      }
    }
  }
})

test('a hand-over shows what is open, the most pressing first', async () => {
  const { open, rows } = await report(`handover?from=${noon}&to=${noon + 1}`)
  expect(figureOf(rows, '', 'cases')).toBe(4)
  const mine = open?.filter(({ drill }) => !drill) ?? []
  expect(mine.map(({ deviceId }) => deviceId)).toEqual(['lift-3', 'lift-4'])
})

test.each([
  ['csv', 'text/csv; charset=utf-8', '\ufeff,事件数,接警数'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ['pdf', 'application/pdf', '%PDF-'],
])('a report is to be had as %s', async (format, type, begins) => {
  const url = `${world.service.url}/api/v1/reports/day?date=${day}&by=unit&format=${format}`
  const response = await fetch(url, { headers: world.headers('supervisor') })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="day-${day}.${format}"`)
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.toString('utf8').startsWith(begins)).toBe(true)
  if (format === 'xlsx') expect(Object.keys(unzipSync(bytes))).toContain('xl/worksheets/sheet1.xml')
})

test('a date that there is none of is refused', async () => {
  for (const query of ['day?date=2026-02-30', 'month?month=2026-13', 'day?by=moon']) {
    expect((await world.call('dispatcher', 'GET', `/reports/${query}`)).status).toBe(422)
  }
})
