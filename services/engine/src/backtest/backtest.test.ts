import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { connectBus, GroupCommit, openStreams } from '@lifeline/bus'
import { type Equipment, type LogRecord, partitionOf, telemetrySubject } from '@lifeline/contracts'
import { startNatsServer, tempFolder } from '@lifeline/test-support'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const start = 1_795_000_000_000
const siteId = 'site-1'
const equipment: Equipment = {
  deviceId: 'lift-1',
  siteId,
  kind: 'elevator',
  registrationCode: '1',
  address: 'a',
  location: { lat: 29.6, lon: 106.2 },
  rural: false,
  useUnit: 'u',
  maintenanceUnit: 'm',
  approvedForUse: true,
  reportInterval: 10,
  operators: [],
  settings: {},
  parameters: { ratedLoad: 1_000, ratedSpeed: 1.75, travel: 27, floors: 10, installedOn: '2018-05-01' },
}

/** A lift that stands with a person between landings for 25 s, and later for 40 s. */
function log(): LogRecord[] {
  const records: LogRecord[] = [{ type: 'equipment', receivedAt: start, equipment }]
  for (let second = 1; second <= 120; second++) {
    const receivedAt = start + second * 1000
    const stuck = (second > 10 && second <= 35) || (second > 60 && second <= 100)
    const frame = {
      time: receivedAt,
      speed: stuck ? 0 : 1.5,
      door: 'closed',
      inDoorZone: false,
      occupied: true,
    } as const
    records.push({ type: 'tick', receivedAt })
    records.push({ type: 'frame', kind: 'elevator', deviceId: 'lift-1', siteId, receivedAt, frame })
  }
  return records
}

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  (await promisify(execFile)(process.execPath, [main, ...args], { env: { ...process.env, ...env } })).stdout

test('a recorded log gives the same table each time, and what a candidate would change', async () => {
  const folder = await tempFolder()
  const recording = join(folder.path, 'log.ndjson')
  const settings = join(folder.path, 'settings.json')
  await writeFile(
    recording,
    log()
      .map((record) => JSON.stringify(record))
      .join('\n'),
  )
  await writeFile(settings, JSON.stringify({ elevator: { entrapment: { outsideZoneSeconds: 20 } } }))
  const plain = await run(['--recording', recording])
  expect(plain).toMatch(/^elevator {2}entrapment {2}1 /m)
  expect(await run(['--recording', recording])).toBe(plain)
  const changed = await run(['--recording', recording, '--settings', settings])
  expect(changed).toMatch(/^elevator {2}entrapment {2}1 .* 2 +0 +1$/m)
  expect(changed).toContain(`new   ${new Date(start + 31_000).toISOString()}  lift-1  entrapment (critical)`)
  expect(await run(['--recording', recording, '--from', String(start + 95_000)])).not.toContain('entrapment')
  await folder.remove()
})

test('a candidate that loosens a safety limit is refused by name', async () => {
  const folder = await tempFolder()
  const settings = join(folder.path, 'settings.json')
  await writeFile(settings, JSON.stringify({ elevator: { overspeed: { criticalRatio: 2 } } }))
  await expect(run(['--settings', settings])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('elevator.overspeed.criticalRatio: may only be tightened'),
  })
  await folder.remove()
})

test('the stored log is read to its end', async () => {
  const nats = await startNatsServer()
  const bus = await connectBus(nats.url, 'test', () => undefined)
  await openStreams(bus.connection, 2)
  const commit = new GroupCommit(bus.connection, telemetrySubject(partitionOf(siteId, 2)), 'test', () => undefined)
  await Promise.all(log().map((record) => new Promise<void>((done) => commit.add(JSON.stringify(record), done))))
  const table = await run([], { NATS_URL: nats.url, PARTITIONS: '2' })
  expect(table).toContain('241 records of the log')
  expect(table).toMatch(/^elevator {2}entrapment {2}1 /m)
  await bus.close()
  await nats.remove()
})
