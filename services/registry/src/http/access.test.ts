import { type Equipment, roles } from '@lifeline/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoDistrict } from '../seed/demo-district.ts'
import { apiClient, idsOf, signInAs } from '../testing/api-client.ts'
import { credentialsOf, type RegistryRun, registryRun } from '../testing/registry-run.ts'

let run: RegistryRun

beforeAll(async () => {
  run = await registryRun()
  await run.process.start()
}, 240_000)
afterAll(() => run.remove())

describe('signing in', () => {
  test('every user of the file can, and is told who they are', async () => {
    const { users } = await credentialsOf(run)
    expect(new Set(users.map(({ role }) => role))).toEqual(new Set(roles))
    for (const { name, password, role } of users) {
      const { status, body, headers } = await apiClient(run)('POST', '/api/v1/session', { name, password })
      expect(status).toBe(200)
      expect(body.user).toMatchObject({ name, role })
      expect(Number(body.expiresAt)).toBeGreaterThan(Date.now())
      expect(headers.get('set-cookie')).toMatch(/^lifeline_session=[^;]+;.*Path=\/; HttpOnly; SameSite=Strict$/)
      const cookie = String(headers.get('set-cookie')).split(';')[0] as string
      const me = await fetch(`${run.url}/api/v1/session`, { headers: { cookie } })
      expect(await me.json()).toEqual({ user: body.user })
    }
  })

  test('a wrong password and an unknown name get the same answer, and guessing is slowed down', async () => {
    const guess = (name: string) => apiClient(run)('POST', '/api/v1/session', { name, password: 'guess' })
    const [known, unknown] = [await guess('regulator'), await guess('nobody')]
    expect([known.status, unknown.status]).toEqual([401, 401])
    expect(known.body).toEqual(unknown.body)
    expect(known.headers.get('content-type')).toContain('application/problem+json')
    let refused = await guess('nobody')
    let tries = 2
    for (; refused.status === 401; tries++) refused = await guess('nobody')
    expect(refused.status).toBe(429)
    expect(tries).toBeGreaterThan(5)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await guess('dispatcher')).status).toBe(401)
  }, 120_000)

  test('signing out takes the cookie back', async () => {
    const leaving = await signInAs(run, 'administrator')
    const { status, headers } = await leaving('DELETE', '/api/v1/session')
    expect(status).toBe(204)
    expect(headers.get('set-cookie')).toMatch(/^lifeline_session=;.*Max-Age=0/)
  })
})

describe('roles', () => {
  const device = demoDistrict.equipment[0] as Equipment
  const reading = ['/api/v1/devices', '/api/v1/units', '/api/v1/rules', '/api/v1/session', '/api/v1/devices/lift-001']
  const changing = [
    { allowed: ['administrator'], method: 'PUT', path: '/api/v1/devices/lift-001', body: { ...device, kind: 'boat' } },
    { allowed: ['administrator'], method: 'DELETE', path: '/api/v1/devices/no-such-device' },
    { allowed: ['administrator'], method: 'POST', path: '/api/v1/devices/no-such-device/credential' },
    { allowed: ['administrator'], method: 'POST', path: '/api/v1/gateways/no-such-gateway/credential' },
    { allowed: ['administrator'], method: 'DELETE', path: '/api/v1/devices/no-such-device/credential' },
    { allowed: ['administrator'], method: 'DELETE', path: '/api/v1/gateways/no-such-gateway/credential' },
    {
      allowed: ['administrator', 'supervisor'],
      method: 'PUT',
      path: '/api/v1/devices/lift-001/settings',
      body: { no_such_rule: {} },
    },
  ]

  test('nobody may do anything without signing in, nor with a forged token', async () => {
    for (const call of [apiClient(run), apiClient(run, 'eyJhbGciOiJub25lIn0.e30.')]) {
      for (const path of reading) expect((await call('GET', path)).status).toBe(401)
      for (const { method, path, body } of changing) expect((await call(method, path, body)).status).toBe(401)
    }
  })

  test.each(roles)('%s may read, and change only what the role allows', async (role) => {
    const call = await signInAs(run, role)
    for (const path of reading) expect((await call('GET', path)).status).toBe(200)
    for (const { allowed, method, path, body } of changing) {
      const { status } = await call(method, path, body)
      if (allowed.includes(role)) expect([404, 422]).toContain(status)
      else expect(status).toBe(403)
    }
  })

  test('a maintenance unit sees what it maintains and nothing else', async () => {
    const maintenance = await signInAs(run, 'maintenance')
    const own = demoDistrict.equipment.filter(({ maintenanceUnit }) => maintenanceUnit === 'unit-anju')
    expect(idsOf(await maintenance('GET', '/api/v1/devices'))).toEqual(own.map(({ deviceId }) => deviceId).toSorted())
    expect((await maintenance('GET', '/api/v1/devices/crane-1')).status).toBe(404)
    expect((await maintenance('GET', '/api/v1/devices/crane-1/settings')).status).toBe(404)
  })
})
