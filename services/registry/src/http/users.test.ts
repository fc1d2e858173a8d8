import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiClient, type Call, signInAs } from '../testing/api-client.ts'
import { credentialsOf, type RegistryRun, registryRun } from '../testing/registry-run.ts'

let run: RegistryRun
let administrator: Call

beforeAll(async () => {
  run = await registryRun()
  await run.process.start()
  administrator = await signInAs(run, 'administrator')
}, 240_000)
afterAll(() => run?.remove())

async function signIn(name: string, password: unknown): Promise<{ status: number; call: Call }> {
  const { status, body } = await apiClient(run)('POST', '/api/v1/session', { name, password })
  return { status, call: apiClient(run, String(body.token)) }
}
const statusOf = async (call: Call): Promise<number> => (await call('GET', '/api/v1/session')).status

test('a user is entered with a password that is told once, and signs in with it', async () => {
  const { status, body } = await administrator('POST', '/api/v1/users', { name: '林 值班', role: 'dispatcher' })
  expect(status).toBe(201)
  expect(await statusOf((await signIn('林 值班', body.password)).call)).toBe(200)
  const listed = await administrator('GET', '/api/v1/users')
  expect(listed.body.items).toContainEqual({ name: '林 值班', role: 'dispatcher', disabled: false })
  expect(JSON.stringify(listed.body)).not.toContain(String(body.password))
  const again = await administrator('POST', '/api/v1/users', { name: '林 值班', role: 'supervisor' })
  expect(again.status).toBe(409)
}, 120_000)

test('a role of a unit needs one that exists, another has none', async () => {
  const enter = async (body: object) => (await administrator('POST', '/api/v1/users', { name: 'wu', ...body })).status
  expect(await enter({ role: 'maintenance' })).toBe(422)
  expect(await enter({ role: 'maintenance', unitId: 'no-such-unit' })).toBe(422)
  expect(await enter({ role: 'regulator', unitId: 'unit-anju' })).toBe(422)
  expect(await enter({ role: 'maintenance', unitId: 'unit-anju' })).toBe(201)
}, 120_000)

test('who is disabled is signed out at once and cannot sign in until enabled', async () => {
  const { body } = await administrator('POST', '/api/v1/users', { name: 'zhao', role: 'dispatcher' })
  const { call } = await signIn('zhao', body.password)
  expect(await statusOf(call)).toBe(200)
  const change = (disabled: boolean) => administrator('PUT', '/api/v1/users/zhao', { role: 'dispatcher', disabled })
  expect((await change(true)).body).toEqual({ name: 'zhao', role: 'dispatcher', disabled: true })
  expect(await statusOf(call)).toBe(401)
  expect((await signIn('zhao', body.password)).status).toBe(401)
  expect((await change(false)).status).toBe(200)
  const back = await signIn('zhao', body.password)
  expect(await statusOf(back.call)).toBe(200)
  expect(await statusOf(call)).toBe(401)
}, 120_000)

test('a new password ends the old one and the sessions that it began', async () => {
  const { body } = await administrator('POST', '/api/v1/users', { name: 'qian', role: 'dispatcher' })
  const { call } = await signIn('qian', body.password)
  const renewed = await administrator('POST', '/api/v1/users/qian/password')
  expect(renewed.status).toBe(201)
  expect(await statusOf(call)).toBe(401)
  expect((await signIn('qian', body.password)).status).toBe(401)
  expect((await signIn('qian', renewed.body.password)).status).toBe(200)
  expect((await administrator('POST', '/api/v1/users/nobody/password')).status).toBe(404)
}, 120_000)

test('signing out ends the session itself, not only its cookie', async () => {
  const dispatcher = await signInAs(run, 'dispatcher')
  const other = await signInAs(run, 'dispatcher')
  expect((await dispatcher('DELETE', '/api/v1/session')).status).toBe(204)
  expect([await statusOf(dispatcher), await statusOf(other)]).toEqual([401, 200])
}, 120_000)

test('no administrator locks himself out, and nobody else touches users', async () => {
  const own = (body: object) => administrator('PUT', '/api/v1/users/administrator', body)
  expect((await own({ role: 'administrator', disabled: true })).status).toBe(422)
  expect((await own({ role: 'dispatcher' })).status).toBe(422)
  for (const { role } of (await credentialsOf(run)).users) {
    if (role === 'administrator') continue
    const call = await signInAs(run, role as Parameters<typeof signInAs>[1])
    expect((await call('GET', '/api/v1/users')).status).toBe(403)
    expect((await call('POST', '/api/v1/users', { name: 'x', role: 'administrator' })).status).toBe(403)
    expect((await call('PUT', '/api/v1/users/dispatcher', { role: 'administrator' })).status).toBe(403)
    expect((await call('POST', '/api/v1/users/dispatcher/password')).status).toBe(403)
  }
}, 240_000)

test('all of it stands in the audit, without a password', async () => {
  const { body } = await administrator('GET', '/api/v1/audit?what=user')
  const acts = (body.items as { what: string; of: string }[]).filter(({ of }) => of === 'zhao')
  expect(acts.map(({ what }) => what)).toEqual(['user.enabled', 'user.disabled', 'user.entered'])
  expect(JSON.stringify(body)).not.toMatch(/scrypt|password"/)
})
