import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buckets, type Credential, type Equipment } from '@lifeline/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiClient, signInAs } from './testing/api-client.ts'
import { openRegistryDatabase } from './testing/registry-database.ts'
import { bucketOf, credentialsOf, logOf, type RegistryRun, registryRun } from './testing/registry-run.ts'

let run: RegistryRun

beforeEach(async () => {
  run = await registryRun()
}, 240_000)
afterEach(() => run.remove())

/** Runs the registry until the file with the secrets is there, and kills it in that moment. */
async function killWhenCredentialsAppear(): Promise<void> {
  const ending = new AbortController()
  const changes = watch(run.dataDir, { signal: ending.signal })
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { ...process.env, ...run.env },
    stdio: 'ignore',
  })
  const gone = once(child, 'exit')
  for await (const { filename } of changes) if (filename === 'credentials.json') break
  child.kill('SIGKILL')
  await gone
}

async function isSeeded(): Promise<boolean> {
  const { db, close } = await openRegistryDatabase(join(run.dataDir, 'registry'))
  const users = await db.selectFrom('users').select('name').execute()
  await close()
  return users.length > 0
}

const equipmentRecords = async () =>
  (await logOf(run)).flatMap(({ record }) => (record.type === 'equipment' ? [record] : []))

test('killed while it fills the district, it comes back with a file and hashes that fit each other', async () => {
  await killWhenCredentialsAppear()
  const [before, seeded] = [await credentialsOf(run), await isSeeded()]
  await run.process.start()
  const after = await credentialsOf(run)
  // Either the kill came before the commit and all secrets are new, or after it and they are the same.
  expect(after.users[0]?.password === before.users[0]?.password).toBe(seeded)
  const published = await bucketOf<Credential>(run, buckets.credentials)
  for (const { username, password } of [...after.devices, ...after.gateways]) {
    const { salt, secretHash } = published.get(username) as Credential
    expect(
      createHash('sha256')
        .update(salt + password)
        .digest('hex'),
    ).toBe(secretHash)
  }
  for (const { name, password } of after.users) {
    expect((await apiClient(run)('POST', '/api/v1/session', { name, password })).status).toBe(200)
  }
  expect(await equipmentRecords()).toHaveLength(after.devices.length)
}, 300_000)

test('a change that it was killed before telling is told at the next start, and nothing else with it', async () => {
  await run.process.start()
  const supervisor = await signInAs(run, 'supervisor')
  const before = await equipmentRecords()

  await run.nats.process.stop('SIGKILL')
  const settings = { overspeed: { criticalRatio: 1.1 } }
  expect((await supervisor('PUT', '/api/v1/devices/lift-001/settings', settings)).status).toBe(200)
  expect((await supervisor('GET', '/api/v1/devices/lift-001')).body).toMatchObject({ online: false, settings })
  await run.process.stop('SIGKILL')
  await run.nats.process.start()
  expect(await equipmentRecords()).toHaveLength(before.length)

  await run.process.start()
  const told = (await equipmentRecords()).slice(before.length)
  expect(told.map(({ equipment }) => [equipment.deviceId, equipment.settings])).toEqual([['lift-001', settings]])
  expect((await bucketOf<Equipment>(run, buckets.equipment)).get('lift-001')?.settings).toEqual(settings)

  await run.process.stop('SIGTERM')
  await run.process.start()
  expect(await equipmentRecords()).toHaveLength(before.length + 1)
}, 300_000)

test('a NATS server that lost everything is told everything', async () => {
  await run.process.start()
  const { length } = await equipmentRecords()
  await run.process.stop('SIGKILL')
  const manager = await run.bus.connection.jetstreamManager()
  for (const name of ['TELEMETRY', 'KV_equipment', 'KV_units', 'KV_credentials']) await manager.streams.delete(name)
  await run.process.start()
  expect(await equipmentRecords()).toHaveLength(length)
  expect((await bucketOf(run, buckets.equipment)).size).toBe(length)
}, 300_000)
