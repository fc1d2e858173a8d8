import { createServer, type Server } from 'node:http'
import { freePort } from '@lifeline/test-support'
import { Provider } from 'oidc-provider'

/** A real OpenID Connect provider on a loopback port; whoever signs in is who he says, with any password. */
export class IdentityProvider {
  readonly issuer: string
  readonly #server: Server

  private constructor(issuer: string, server: Server) {
    this.issuer = issuer
    this.#server = server
  }

  /**
   * @param groups by account: what the claim `groups` says of it
   * @param redirectUri the one that the client registered
   */
  static async start(groups: Readonly<Record<string, readonly string[]>>, redirectUri: string, secret: string) {
    const port = await freePort()
    const issuer = `http://127.0.0.1:${port}`
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'lifeline', client_secret: secret, redirect_uris: [redirectUri] }],
      claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
      pkce: { required: () => true },
      cookies: { keys: ['a key of the test'] },
      findAccount: (_context, accountId) => ({
        accountId,
        claims: () => ({ sub: `sub-${accountId}`, preferred_username: accountId, groups: groups[accountId] ?? [] }),
      }),
    })
    const server = createServer(provider.callback())
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
    return new IdentityProvider(issuer, server)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }
}

interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

/** As much of a browser as signing in needs: it follows redirects, keeps cookies by host and path, and sends forms. */
export class Browser {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>()

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value
  }

  /** Follows redirects while `goOn` says so, and answers where it ends. */
  async open(url: string, goOn: (url: string) => boolean = () => true, form?: Record<string, string>): Promise<Page> {
    const { pathname } = new URL(url)
    const mine = [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path))
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: mine.map(([name, { value }]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const location = response.headers.get('location')
    const next = location === null ? undefined : new URL(location, url).href
    if (next !== undefined && goOn(next)) return this.open(next, goOn)
    return { url: next ?? url, status: response.status, text: await response.text(), headers: response.headers }
  }

  /** Fills in the provider's own pages until it sends the browser back. */
  async signInAt(page: Page, login: string, goOn: (url: string) => boolean): Promise<Page> {
    let at = page
    for (const form of [{ prompt: 'login', login, password: 'any' }, { prompt: 'consent' }] as const) {
      if (!at.url.includes('/interaction/')) return at
      const action = /<form[^>]* action="([^"]+)"/.exec(at.text)?.[1] ?? at.url
      at = await this.open(new URL(action, at.url).href, goOn, form)
    }
    return at
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/'
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}
