import { readFileSync } from 'node:fs'
import { type Role, roles } from '@lifeline/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DeskWorld, type User } from './desk-world.ts'
import { type Operation, operationsOf, rolesDocument, rolesTable } from './roles-document.ts'

// Making a database takes a while on a busy machine; there are some hundred cells.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: DeskWorld
let operations: readonly Operation[]

beforeAll(async () => {
  world = await DeskWorld.start()
  const answer = await fetch(`${world.service.url}/api/openapi.json`)
  operations = operationsOf((await answer.json()) as Parameters<typeof operationsOf>[0])
})
afterAll(() => world?.end())

/** The status of a call about nothing that exists; whoever may call it is told 404 or 422, or has it. */
async function statusOf({ method, path }: Operation, as: User | undefined): Promise<number> {
  const leaving = new AbortController()
  const url = world.service.url + path.replaceAll(/\{\w+\}/g, 'none')
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{"none":true}' }
  const response = await fetch(url, {
    method,
    headers: {
      ...(as === undefined ? {} : world.headers(as)),
      ...('body' in body ? { 'content-type': 'application/json' } : {}),
    },
    signal: leaving.signal,
    ...body,
  })
  // The event stream has no end.
  leaving.abort()
  return response.status
}

test('docs/roles.md is as the service says; write-roles-document.ts writes it', () => {
  const document = readFileSync(new URL('../../../../docs/roles.md', import.meta.url), 'utf8')
  expect(document).toBe(rolesDocument([rolesTable('dispatch', operations)]))
})

test('each endpoint is for whom its row says: every cell, asked of the running service', async () => {
  const userOf: Readonly<Record<Role, User>> = {
    ...{ dispatcher: 'dispatcher', supervisor: 'supervisor', administrator: 'administrator' },
    ...{ regulator: 'regulator', maintenance: 'maintenance', rescuer: 'rescuer' },
  }
  const wrong: string[] = []
  for (const operation of operations) {
    const { method, path, roles: may } = operation
    if (may === undefined) continue
    if ((await statusOf(operation, undefined)) !== 401) wrong.push(`${method} ${path} needs no sign-in`)
    for (const role of roles) {
      const status = await statusOf(operation, userOf[role])
      const refused = status === 401 || status === 403
      if (refused === may.includes(role) || status >= 500) wrong.push(`${method} ${path} answers ${role} ${status}`)
    }
  }
  expect(wrong).toEqual([])
  expect(operations.length).toBeGreaterThan(30)
})
