import { readFileSync } from 'node:fs'
import { type Role, roles } from '@lifeline/contracts'
import { eventually } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { type Operation, operationsAt, rolesDocument } from './roles-document.ts'

// The whole product is started; there are some hundred cells.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 240_000 })

let district: DemoDistrict
let operations: readonly Operation[]
const tokens = new Map<Role, string>()

beforeAll(async () => {
  district = await startDemoDistrict({ buildConsole: true })
  operations = await operationsAt(district.url)
  for (const role of roles) tokens.set(role, await signIn(role))
})
afterAll(() => district?.remove())

async function signIn(role: Role): Promise<string> {
  const { name, password } = district.credentials.users.find((user) => user.role === role) ?? {}
  const response = await fetch(`${district.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  })
  return ((await response.json()) as { token: string }).token
}

/** The status of a call about nothing that exists; whoever may call it is told 404 or 422, or has it. */
async function statusOf({ method, path }: Operation, token: string | undefined): Promise<number> {
  const leaving = new AbortController()
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{"none":true}' }
  const response = await fetch(district.url + path.replaceAll(/\{\w+\}/g, 'none'), {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...('body' in body ? { 'content-type': 'application/json' } : {}),
    },
    signal: leaving.signal,
    ...body,
  })
  // The event stream has no end.
  leaving.abort()
  return response.status
}

test('docs/roles.md is as the services say; write-roles-document.ts writes it', () => {
  const document = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')
  expect(document).toBe(rolesDocument(operations))
})

test('each endpoint is for whom its row says: every cell, asked of the running product', async () => {
  const wrong: string[] = []
  for (const operation of operations) {
    const { method, path, roles: may } = operation
    if (may === undefined) continue
    if ((await statusOf(operation, undefined)) !== 401) wrong.push(`${method} ${path} needs no sign-in`)
    for (const role of roles) {
      const signsOut = method === 'DELETE' && path === '/api/v1/session'
      const status = await statusOf(operation, signsOut ? await signIn(role) : tokens.get(role))
      const refused = status === 401 || status === 403
      if (refused === may.includes(role) || status >= 500) wrong.push(`${method} ${path} answers ${role} ${status}`)
    }
  }
  expect(wrong).toEqual([])
})

test('a session that was ended is refused at every endpoint, whichever service has it', async () => {
  const token = await signIn('administrator')
  const ask = (operation: Operation) => statusOf(operation, token)
  const end = operations.find(({ method, path }) => method === 'DELETE' && path === '/api/v1/session')
  expect(end && (await ask(end))).toBe(204)
  for (const operation of operations) {
    if (operation.roles === undefined) continue
    const { method, path } = operation
    // Each service hears of it by itself.
    await eventually(`${method} ${path} refuses it`, async () => ((await ask(operation)) === 401 ? true : undefined))
  }
})
