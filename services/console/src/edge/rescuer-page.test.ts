import { afterEach, expect, test } from 'vitest'
import { type EdgeWorld, edgeWorld } from './testing/edge-world.ts'
import { answers } from './testing/small-upstream.ts'

let world: EdgeWorld | undefined
afterEach(() => world?.remove())

const link = `/r/${'A'.repeat(43)}`
const open = (headers: Record<string, string> = {}) => fetch(`${world?.url}${link}`, { headers })

test('the page behind a link may ask where it is, tells nobody where it came from, and runs no foreign script', async () => {
  world = await edgeWorld()
  const { status, headers } = await open()
  expect(status).toBe(200)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-robots-tag')).toContain('noindex')
})

test('a browser is given what it is known by once, out of reach of scripts', async () => {
  world = await edgeWorld()
  const cookie = (await open()).headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^lifeline_rescuer=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
  const [mine = ''] = cookie.split(';')
  expect((await open({ cookie: `other=1; ${mine}` })).headers.get('set-cookie')).toBeNull()
  expect((await open({ cookie: 'lifeline_rescuer=short' })).headers.get('set-cookie')).not.toBeNull()
  expect((await open({ 'x-forwarded-proto': 'https' })).headers.get('set-cookie')).toMatch(/; Secure$/)
})

test('what crews, channels and other services ask for goes to dispatch', async () => {
  const paths = ['/api/v1/rescuer/x/open', '/api/v1/channels', '/api/v1/linkage/takeover']
  world = await edgeWorld({ dispatch: answers(Object.fromEntries(paths.map((path) => [path, [200, { ok: true }]]))) })
  for (const path of paths) expect((await fetch(`${world.url}${path}`)).status, path).toBe(200)
})
