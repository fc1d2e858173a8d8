import { openBucket } from '@lifeline/bus'
import { buckets, commandKey, type PendingCommand, roles } from '@lifeline/contracts'
import { eventually } from '@lifeline/test-support'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoDistrict } from '../seed/demo-district.ts'
import { type Call, signInAs } from '../testing/api-client.ts'
import { bucketOf, type RegistryRun, registryRun } from '../testing/registry-run.ts'

let run: RegistryRun
let administrator: Call
let dispatcher: Call
const announce = { name: 'announce', args: { text: '请保持镇静，救援人员正在赶来', language: 'zh-CN' } }
const pathOf = (deviceId: string) => `/api/v1/devices/${deviceId}/commands`

beforeAll(async () => {
  run = await registryRun()
  await run.process.start()
  administrator = await signInAs(run, 'administrator')
  dispatcher = await signInAs(run, 'dispatcher')
}, 240_000)
afterAll(() => run.remove())

/** What the gateway adds to a command. */
async function addFacts(deviceId: string, id: unknown, facts: Partial<PendingCommand>): Promise<void> {
  const bucket = await openBucket(run.bus, buckets.commands)
  const key = commandKey(deviceId, String(id))
  const command = (await bucket.get(key))?.json<PendingCommand>()
  await bucket.put(key, JSON.stringify({ ...command, ...facts }))
}
const settled = (deviceId: string, id: unknown, state: string) =>
  eventually(`the command ${state}`, async () => {
    const { body } = await administrator('GET', `${pathOf(deviceId)}/${id}`)
    return body.state === state ? body : undefined
  })

describe('a command', () => {
  test('is accepted, put where the gateways find it, and listed newest first', async () => {
    const first = await dispatcher('POST', pathOf('lift-001'), { ...announce, expiresInSeconds: 60, why: 'case 7' })
    expect(first.status).toBe(202)
    const { id, sentAt } = first.body
    const command = { id, deviceId: 'lift-001', ...announce, by: 'dispatcher', why: 'case 7', state: 'sent', sentAt }
    expect(first.body).toEqual({ ...command, expiresAt: Number(sentAt) + 60_000 })
    expect((await bucketOf(run, buckets.commands)).get(`lift-001.${id}`)).toEqual({
      id,
      kind: 'elevator',
      deviceId: 'lift-001',
      ...announce,
      expiresAt: Number(sentAt) + 60_000,
    })
    const second = await administrator('POST', pathOf('lift-001'), { name: 'set-clock' })
    expect(second.body).toMatchObject({ args: {}, expiresAt: Number(second.body.sentAt) + 600_000 })
    const page = (await administrator('GET', `${pathOf('lift-001')}?limit=1`)).body
    expect(page.items).toEqual([second.body])
    const next = (await administrator('GET', `${pathOf('lift-001')}?limit=1&cursor=${page.nextCursor}`)).body
    expect(next).toEqual({ items: [first.body] })
    expect((await administrator('GET', `${pathOf('lift-001')}/none`)).status).toBe(404)
    expect((await administrator('GET', `${pathOf('lift-002')}/${id}`)).status).toBe(404)
  })

  test('is delivered, done or failed as the gateway says, and expired where it says nothing in time', async () => {
    const give = async (expiresInSeconds: number) =>
      (await dispatcher('POST', pathOf('lift-002'), { ...announce, expiresInSeconds })).body.id
    const [done, failed, expired] = [await give(60), await give(60), await give(1)]
    await addFacts('lift-002', done, { deliveredAt: 1_795_000_000_000 })
    expect(await settled('lift-002', done, 'delivered')).toMatchObject({ deliveredAt: 1_795_000_000_000 })
    const facts = (ok: boolean) => ({ deliveredAt: 1_795_000_000_000, answer: { at: 1_795_000_000_001, ok } })
    await addFacts('lift-002', done, facts(true))
    expect(await settled('lift-002', done, 'done')).toMatchObject({ answeredAt: 1_795_000_000_001 })
    await addFacts('lift-002', failed, {
      ...facts(false),
      answer: { ...facts(false).answer, reason: 'no loudspeaker' },
    })
    expect(await settled('lift-002', failed, 'failed')).toMatchObject({ reason: 'no loudspeaker' })
    expect(await settled('lift-002', expired, 'expired')).not.toHaveProperty('deliveredAt')
  })

  test('that is none, or has what it should not, is refused', async () => {
    for (const body of [
      { name: 'open-door', args: {} },
      { name: 'announce', args: {} },
      { name: 'announce', args: { text: 'a', messageId: 'b' } },
      { name: 'announce', args: { text: 'a', volume: 11 } },
      { name: 'announce', args: { text: 'a'.repeat(501) } },
      { name: 'set-clock', args: { time: -1 } },
      { ...announce, expiresInSeconds: 86_401 },
      { ...announce, expiresInSeconds: 0 },
    ]) {
      expect((await administrator('POST', pathOf('lift-003'), body)).status).toBe(422)
    }
    expect((await administrator('GET', pathOf('lift-003'))).body).toEqual({ items: [] })
  })

  test('to a device that speaks a vendor’s format is refused with the reason', async () => {
    const lift = demoDistrict.equipment.find(({ deviceId }) => deviceId === 'lift-004')
    await administrator('PUT', '/api/v1/devices/lift-004', { ...lift, format: 'deye' })
    const { status, body } = await dispatcher('POST', pathOf('lift-004'), announce)
    expect([status, body.detail]).toEqual([422, 'lift-004 speaks deye, without commands'])
  })

  test('is refused while twenty wait for the device, and those of another device go on', async () => {
    for (let i = 0; i < 20; i++) expect((await dispatcher('POST', pathOf('lift-005'), announce)).status).toBe(202)
    expect((await dispatcher('POST', pathOf('lift-005'), announce)).status).toBe(429)
    expect((await dispatcher('POST', pathOf('lift-006'), announce)).status).toBe(202)
    const [{ id } = {}] = (await dispatcher('GET', pathOf('lift-005'))).body.items as { id?: string }[]
    await addFacts('lift-005', id, { deliveredAt: 1_795_000_000_000 })
    await settled('lift-005', id, 'delivered')
    expect((await dispatcher('POST', pathOf('lift-005'), announce)).status).toBe(202)
  })
})

describe('who may give one', () => {
  const mayAnnounce = ['dispatcher', 'supervisor', 'administrator', 'maintenance']
  const maySetClock = ['administrator', 'maintenance']
  // What the unit of the demo's maintenance user maintains.
  const own = demoDistrict.equipment.find(({ maintenanceUnit }) => maintenanceUnit === 'unit-anju')?.deviceId ?? ''
  const other = demoDistrict.equipment.find(({ maintenanceUnit }) => maintenanceUnit !== 'unit-anju')?.deviceId ?? ''

  test.each(roles)('%s', async (role) => {
    const call = await signInAs(run, role)
    const statusOf = async (deviceId: string, body: object) => (await call('POST', pathOf(deviceId), body)).status
    expect(await statusOf(own, announce)).toBe(mayAnnounce.includes(role) ? 202 : 403)
    expect(await statusOf(own, { name: 'set-clock' })).toBe(maySetClock.includes(role) ? 202 : 403)
    expect((await call('GET', pathOf(own))).status).toBe(200)
    expect((await call('GET', pathOf(other))).status).toBe(role === 'maintenance' ? 404 : 200)
    if (role === 'maintenance') expect(await statusOf(other, announce)).toBe(404)
  })
})

test('killed before it could send a command it sends it at its next start, and none again that stands there', async () => {
  const { id: known } = (await dispatcher('POST', pathOf('lift-007'), announce)).body
  await addFacts('lift-007', known, { deliveredAt: 1_795_000_000_000 })
  await settled('lift-007', known, 'delivered')
  const { id: open } = (await dispatcher('POST', pathOf('lift-007'), announce)).body
  await run.nats.process.stop('SIGKILL')
  const { status, body } = await dispatcher('POST', pathOf('lift-007'), announce)
  expect(status).toBe(202)
  await run.process.stop('SIGKILL')
  await run.nats.process.start()
  const before = await bucketOf<PendingCommand>(run, buckets.commands)
  expect(before.has(`lift-007.${body.id}`)).toBe(false)
  // What a gateway says while the registry is away.
  await addFacts('lift-007', open, { deliveredAt: 1_795_000_000_002 })
  await run.process.start()
  const after = await bucketOf<PendingCommand>(run, buckets.commands)
  expect(after.get(`lift-007.${body.id}`)).toMatchObject({ args: announce.args, expiresAt: body.expiresAt })
  expect(after.get(`lift-007.${known}`)).toEqual(before.get(`lift-007.${known}`))
  expect(await settled('lift-007', open, 'delivered')).toMatchObject({ deliveredAt: 1_795_000_000_002 })
  expect((await bucketOf<PendingCommand>(run, buckets.commands)).get(`lift-007.${open}`)?.deliveredAt).toBe(
    1_795_000_000_002,
  )
}, 240_000)
