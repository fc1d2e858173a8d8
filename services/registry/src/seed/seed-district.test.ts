import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Database } from '@lifeline/database'
import { tempFolder } from '@lifeline/test-support'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../accounts/sign-in.ts'
import type { RegistryTables } from '../database/tables.ts'
import { changeSettings } from '../equipment/change-settings.ts'
import { readEquipment } from '../equipment/read-equipment.ts'
import { openRegistryDatabase } from '../testing/registry-database.ts'
import { type Credentials, nameAuthority } from './credentials-file.ts'
import { demoDistrict } from './demo-district.ts'
import { demoUsers } from './demo-users.ts'
import { seedDistrict } from './seed-district.ts'

const databaseUrl = process.env.DATABASE_URL_TEST
const places = [
  { where: 'embedded', url: undefined },
  ...(databaseUrl === undefined ? [] : [{ where: 'on a server', url: databaseUrl }]),
]

describe.each(places)('$where', { timeout: 120_000 }, ({ url }) => {
  let folder: Awaited<ReturnType<typeof tempFolder>>
  let database: Database<RegistryTables>
  let file: string

  beforeAll(async () => {
    folder = await tempFolder()
    database = await openRegistryDatabase(join(folder.path, 'registry'), url)
    file = join(folder.path, 'credentials.json')
  }, 240_000)

  afterEach(async () => {
    await sql`truncate sites, units, phones, equipment, gateways, credentials, users`.execute(database.db)
  })

  afterAll(async () => {
    if (url !== undefined) await sql`drop schema registry cascade`.execute(database.db)
    await database.close()
    await folder.remove()
  })

  const seed = (district = demoDistrict) => seedDistrict(database.db, district, demoUsers, file, '/somewhere/ca.pem')
  const written = async () => JSON.parse(await readFile(file, 'utf8')) as Credentials
  const dispatcherSignsIn = async () => {
    const { name = '', password = '' } = (await written()).users[0] ?? {}
    return signIn(database.db, name, password)
  }

  test('an empty registry is filled with the district and the people of the file', async () => {
    expect(await seed()).toBe(true)
    const byId = demoDistrict.equipment.toSorted((one, other) => (one.deviceId < other.deviceId ? -1 : 1))
    expect(await readEquipment(database.db)).toEqual(byId)
    expect(await dispatcherSignsIn()).toEqual({ name: 'dispatcher', role: 'dispatcher' })
  })

  test('the authority that vouches for the broker stands in the file, also in one of before', async () => {
    await seed()
    const before = await written()
    expect(before.mqtt).toEqual({ caFile: '/somewhere/ca.pem' })
    await nameAuthority(file, '/elsewhere/ca.pem')
    expect(await written()).toEqual({ ...before, mqtt: { caFile: '/elsewhere/ca.pem' } })
    await nameAuthority(`${file}.not`, '/elsewhere/ca.pem')
    expect(existsSync(`${file}.not`)).toBe(false)
  })

  test('a registry that holds anything, and its file, are left as they are', async () => {
    await seed()
    await writeFile(file, 'kept')
    expect(await seed()).toBe(false)
    expect(await readFile(file, 'utf8')).toBe('kept')
  })

  test('where the database fails after the file was written, both are made anew', async () => {
    const [first] = demoDistrict.equipment
    const broken = { ...demoDistrict, equipment: [...demoDistrict.equipment, ...(first === undefined ? [] : [first])] }
    await expect(seed(broken)).rejects.toThrow()
    const before = await written()
    expect(await database.db.selectFrom('sites').selectAll().execute()).toEqual([])
    expect(await seed()).toBe(true)
    expect(isDeepStrictEqual(await written(), before)).toBe(false)
    expect(await dispatcherSignsIn()).toBeDefined()
  })

  test('a change of settings is kept with who made it, when, from what to what', async () => {
    await seed()
    const change = (settings: Record<string, Record<string, number>>, at: number) =>
      changeSettings(database.db, 'lift-001', settings, { name: 'supervisor', at })
    await change({ overspeed: { criticalRatio: 1.1 } }, 1_795_000_000_000)
    await change({ overspeed: { criticalRatio: 1.1 } }, 1_795_000_000_001)
    await change({ overload: { ratio: 1.05 } }, 1_795_000_000_002)
    const audit = await database.db.selectFrom('audit').selectAll().orderBy('id').execute()
    const [one, both] = [
      { overspeed: { criticalRatio: 1.1 } },
      { overload: { ratio: 1.05 }, overspeed: { criticalRatio: 1.1 } },
    ]
    const by = { subject: 'lift-001', by: 'supervisor', what: 'settings.changed' }
    expect(audit).toMatchObject([
      { ...by, at: 1_795_000_000_000, details: { before: {}, after: one } },
      { ...by, at: 1_795_000_000_002, details: { before: one, after: both } },
    ])
    expect(audit).toHaveLength(2)
    for (const change of [sql`update audit set by = 'nobody'`, sql`delete from audit`, sql`truncate audit`]) {
      await expect(change.execute(database.db)).rejects.toThrow('only added to')
    }
  })
})
