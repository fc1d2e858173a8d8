import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RescueCase } from '@lifeline/contracts'
import { openDatabase } from '@lifeline/database'
import { tempFolder } from '@lifeline/test-support'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CaseExport } from '../export/case-export.ts'
import { type ChainVerdict, verifyChain } from '../rescue/timeline-chain.ts'
import { migrations } from '../store/migrations.ts'
import type { Tables } from '../store/tables.ts'
import { chainOf } from '../store/timeline-query.ts'
import { DeskWorld } from './desk-world.ts'
import { heard } from './lift-world.ts'

// Making a database takes a while on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: DeskWorld
let rescue: RescueCase

beforeAll(async () => {
  world = await DeskWorld.start()
  const events = await world.listen()
  await world.addLift('lift-1', { rescueCode: '100001' })
  await world.tell(heard('i', 1))
  const { id } = await events.untilCase(() => true)
  await world.act('dispatcher', id, 'note', { text: '乘客两名，情绪稳定 \u0000 e\u0301 😀' })
  await world.act('dispatcher', id, 'accept')
  await world.act('maintenance', id, 'free', { freed: 2 })
  const close = { freed: 2, injured: 0, cause: 'door', text: '门刀卡异物' }
  rescue = (await world.act('dispatcher', id, 'close', close)).body
})
afterAll(() => world?.end())

const verify = async () => (await world.call<ChainVerdict>('regulator', 'GET', `/incidents/${rescue.id}/verify`)).body
const exported = async () => (await world.call<CaseExport>('dispatcher', 'GET', `/incidents/${rescue.id}/export`)).body

test('a case is exported whole, and a stranger can check it with the lines of the manual', async () => {
  const file = await exported()
  expect(file).toMatchObject({ format: 'lifeline-case-1', exportedBy: 'li', case: { id: rescue.id, state: 'closed' } })
  expect(file.timeline).toHaveLength(rescue.timeline.length)
  expect(file.chain).toMatchObject({ holds: true, entries: rescue.timeline.length })

  const manual = readFileSync(new URL('../../../../docs/case-export.md', import.meta.url), 'utf8')
  const folder = await tempFolder()
  try {
    const [script, sound, forged] = ['verify.mjs', 'case.json', 'forged.json'].map((name) => join(folder.path, name))
    writeFileSync(script ?? '', /```js\n(.*?)```/s.exec(manual)?.[1] ?? '')
    const check = (path = '') => spawnSync(process.execPath, [script ?? '', path], { encoding: 'utf8' })
    writeFileSync(sound ?? '', JSON.stringify(file))
    expect(check(sound).stdout).toBe(`${file.timeline.length} entries hold, ${file.chain.head}\n`)
    const [first, ...rest] = file.timeline
    const lied = { ...first, sealed: first?.sealed.replace('entrapment', 'door_fault') }
    writeFileSync(forged ?? '', JSON.stringify({ ...file, timeline: [lied, ...rest] }))
    expect(check(forged)).toMatchObject({ status: 1, stdout: 'entry 1 was changed\n' })
  } finally {
    await folder.remove()
  }
})

test('a case on paper has its Chinese text in a font of its own', async () => {
  const url = `${world.service.url}/api/v1/incidents/${rescue.id}/export?format=pdf`
  const response = await fetch(url, { headers: world.headers('dispatcher') })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.includes('NotoSansSC')).toBe(true)
  // The signs that are used, not the whole font.
  expect(bytes.length).toBeGreaterThan(10_000)
  expect(bytes.length).toBeLessThan(300_000)
})

test('another unit sees nothing of a case’s records', async () => {
  for (const record of ['verify', 'evidence', 'export']) {
    expect((await world.call('stranger', 'GET', `/incidents/${rescue.id}/${record}`)).status).toBe(403)
    expect((await world.call('maintenance', 'GET', `/incidents/${rescue.id}/${record}`)).status).toBe(200)
  }
})

test('an entry that somebody changed in the database itself is found', async () => {
  expect(await verify()).toMatchObject({ holds: true })
  await world.service.process.stop('SIGTERM')
  const folder = join(world.env.DATA_DIR ?? '', 'dispatch')
  const { db, close } = await openDatabase<Tables>({ folder, schema: 'dispatch', migrations })
  await sql`alter table timeline disable trigger timeline_only_grows`.execute(db)
  await db.updateTable('timeline').set({ by: 'wang' }).where('case_id', '=', rescue.id).where('seq', '=', 4).execute()
  await close()
  await world.service.process.start()
  expect(await verify()).toMatchObject({ holds: false, brokenAt: 4 })
  expect((await exported()).chain).toMatchObject({ holds: false, brokenAt: 4 })
})

test('cases that were there before are chained, ranked and timed by the migrations', async () => {
  const folder = await tempFolder()
  const first = { '001-desk': migrations['001-desk'] ?? { up: async () => undefined } }
  try {
    const old = await openDatabase<Tables>({ folder: folder.path, schema: 'dispatch', migrations: first })
    const before = {
      ...{ id: 'c', deviceId: 'lift-1', kind: 'elevator', siteId: 's', severity: 'critical', lifeSafety: true },
      ...{ openedAt: 5, incidents: [], rules: ['entrapment'], evidence: { fromTime: 1, toTime: 2 } },
      progress: { state: 'arrived', level: 1 },
    }
    await sql`insert into cases (rescue, change) values (${JSON.stringify(before)}::jsonb, 1)`.execute(old.db)
    for (const [n, what] of ['opened', 'accepted', 'arrived'].entries()) {
      await sql`
        insert into timeline (case_id, seq, at, by, what, details)
        values ('c', ${n + 1}, ${100 + n}, 'li', ${what}, '{"z": 1.50, "a": {"b": 2, "": []}}')`.execute(old.db)
    }
    await old.close()
    const { db, close } = await openDatabase<Tables>({ folder: folder.path, schema: 'dispatch', migrations })
    const { timeline, end } = await chainOf(db, 'c')
    expect(verifyChain('c', timeline, end)).toMatchObject({ holds: true, entries: 3 })
    const { rescue } = await db.selectFrom('cases').select('rescue').executeTakeFirstOrThrow()
    expect(rescue).toMatchObject({
      ...{ priority: 2, drill: false, proposals: [] },
      milestones: { receivedAt: 100, calls: 0, acceptedAt: 101, arrivedAt: 102 },
    })
    await expect(db.updateTable('timeline').set({ by: 'x' }).execute()).rejects.toThrow('only grows')
    await close()
  } finally {
    await folder.remove()
  }
})
