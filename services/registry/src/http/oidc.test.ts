import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sessionCookie } from '@lifeline/service-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, IdentityProvider } from '../testing/identity-provider.ts'
import { type RegistryRun, registryRun } from '../testing/registry-run.ts'

const secret = 'the secret of the client at the provider'
const roleClaim = {
  claim: 'groups',
  values: { '96333-desk': { role: 'dispatcher' }, anju: { role: 'maintenance', unitId: 'unit-anju' } },
}
const groups = { li: ['staff', '96333-desk'], zhao: ['anju'], wu: ['staff'] }
/** Where browsers reach the product: nobody listens there, the test stands between. */
const publicUrl = 'http://desk.example:9633'
let run: RegistryRun
let provider: IdentityProvider

beforeAll(async () => {
  provider = await IdentityProvider.start(groups, `${publicUrl}/api/v1/session/oidc/callback`, secret)
  run = await registryRun({
    env: {
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'lifeline',
      OIDC_CLIENT_SECRET: secret,
      OIDC_ROLE_CLAIM: JSON.stringify(roleClaim),
    },
  })
  await run.process.start()
}, 300_000)
afterAll(async () => {
  await run?.remove()
  await provider?.stop()
})

const outside = (url: string): boolean => !url.startsWith(publicUrl)
/** The registry's address in place of the public one. */
const here = (url: string): string => url.replace(publicUrl, run.url)

/** Signs in at the provider; answers where that sends the browser back to. */
async function begin(browser: Browser, login: string): Promise<string> {
  const first = await browser.open(`${run.url}/api/v1/session/oidc`, outside)
  const { url } = await browser.signInAt(first, login, outside)
  expect(url).toContain(`${publicUrl}/api/v1/session/oidc/callback?`)
  return here(url)
}
const finish = (browser: Browser, url: string) => browser.open(url, () => false)
const whoIs = async (browser: Browser) => {
  const response = await fetch(`${run.url}/api/v1/session`, {
    headers: { cookie: `${sessionCookie}=${browser.cookie(sessionCookie)}` },
  })
  return { status: response.status, body: (await response.json()) as { user?: unknown } }
}

describe('signing in at an identity provider', () => {
  test('gives the same session as a local account, with the role and the unit that the claim says', async () => {
    for (const [login, user] of [
      ['li', { name: 'li@127.0.0.1', role: 'dispatcher' }],
      ['zhao', { name: 'zhao@127.0.0.1', role: 'maintenance', unitId: 'unit-anju' }],
    ] as const) {
      const browser = new Browser()
      const { status, url, headers } = await finish(browser, await begin(browser, login))
      expect([status, here(url)]).toEqual([302, `${run.url}/?signed-in`])
      const cookies = headers.getSetCookie()
      expect(cookies.find((line) => line.startsWith(sessionCookie))).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
      expect(await whoIs(browser)).toEqual({ status: 200, body: { user } })
    }
  }, 120_000)

  test('is refused with a page for people where the claim has no role', async () => {
    const browser = new Browser()
    const { status, text, headers } = await finish(browser, await begin(browser, 'wu'))
    expect(status).toBe(403)
    expect(headers.get('content-type')).toContain('text/html')
    expect(text).toContain('您的账号在本系统中没有角色')
    expect(text).toContain('no role here')
    expect(browser.cookie(sessionCookie)).toBeUndefined()
  }, 120_000)

  test('holds in the browser that began it alone, and once', async () => {
    const [mine, other] = [new Browser(), new Browser()]
    const url = await begin(mine, 'li')
    expect((await finish(other, url)).status).toBe(400)
    await other.open(`${run.url}/api/v1/session/oidc`, () => false)
    expect((await finish(other, url)).status).toBe(401)
    expect(other.cookie(sessionCookie)).toBeUndefined()
    expect((await finish(mine, url)).status).toBe(302)
    expect((await finish(mine, url)).status).toBe(400)
  }, 120_000)

  test('asks with PKCE, state and nonce, which no script can read', async () => {
    const { url, headers } = await new Browser().open(`${run.url}/api/v1/session/oidc`, () => false)
    const asked = new URL(url).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(30)
    expect(headers.getSetCookie()[0]).toMatch(
      /^lifeline_oidc=[\w-]+; Max-Age=600; Path=\/api\/v1\/session\/oidc; HttpOnly; SameSite=Lax$/,
    )
  })

  test('that the provider does not confirm is refused', async () => {
    const browser = new Browser()
    const { url } = await browser.open(`${run.url}/api/v1/session/oidc`, () => false)
    const state = new URL(url).searchParams.get('state')
    for (const query of [`error=access_denied&state=${state}`, `code=guessed&state=${state}`, '']) {
      const again = new Browser()
      const { url: begun } = await again.open(`${run.url}/api/v1/session/oidc`, () => false)
      const own = query.replace(String(state), String(new URL(begun).searchParams.get('state')))
      expect((await finish(again, `${run.url}/api/v1/session/oidc/callback?${own}`)).status).toBe(401)
    }
  }, 120_000)

  test('is offered only where it is configured', async () => {
    expect(await (await fetch(`${run.url}/api/v1/session/methods`)).json()).toEqual({ oidc: true })
  })
})

describe('a wrong variable', () => {
  /** What the registry says as it refuses to start. */
  async function refusal(env: Record<string, string>): Promise<string> {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url))
    const child = spawn(process.execPath, [main], { env: { ...process.env, ...run.env, ...env } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    expect((await once(child, 'exit'))[0]).toBe(1)
    return said
  }

  test.each([
    ['OIDC_CLIENT_SECRET', { OIDC_CLIENT_SECRET: '' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://idp.example' }],
    ['OIDC_ROLE_CLAIM', { OIDC_ROLE_CLAIM: 'groups' }],
    ['OIDC_ROLE_CLAIM.values.x.role', { OIDC_ROLE_CLAIM: '{"claim":"groups","values":{"x":{"role":"boss"}}}' }],
  ])(
    'is named: %s',
    async (name, env) => {
      expect(await refusal(env)).toContain(`${name}: `)
    },
    60_000,
  )
})
