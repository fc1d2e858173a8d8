import { sessionCookie, sessionSeconds, signSession } from '@lifeline/service-kit'
import { z } from 'zod'
import { type Attempt, OidcProviderLink } from '../oidc/oidc-provider-link.ts'
import { userOf } from '../oidc/oidc-user.ts'
import type { RegistryParts } from './registry-api.ts'
import { sessionCookieOptions } from './session-routes.ts'

const path = '/api/v1/session/oidc'
const attemptCookie = 'lifeline_oidc'
/** So long somebody may take to sign in at the provider, s. */
const attemptSeconds = 600
const attemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() })
const tags = ['session']
const config = { open: true } as const

const refusals = {
  off: { status: 404, zh: '未启用统一身份登录。', en: 'Sign-in with an identity provider is not set up.' },
  away: {
    status: 502,
    zh: '身份提供方无法访问，请稍后再试。',
    en: 'The identity provider cannot be reached; try again.',
  },
  stale: {
    status: 400,
    zh: '登录已超时，或不是在此浏览器中开始的，请重新登录。',
    en: 'This sign-in took too long, or was not begun in this browser; start again.',
  },
  failed: { status: 401, zh: '身份提供方未确认此次登录。', en: 'The identity provider did not confirm the sign-in.' },
  role: {
    status: 403,
    zh: '您的账号在本系统中没有角色，请联系管理员。',
    en: 'Your account has no role here; ask the administrator.',
  },
} as const

/** Signing in at an OpenID Connect provider, beside local accounts; the session is the same afterwards. */
export function oidcRoutes({ http, oidc, publicUrl, sessionSecret, logger }: RegistryParts): void {
  const link = oidc && new OidcProviderLink(oidc, `${publicUrl}${path}/callback`)
  // The provider sends the browser back from another site: Strict would keep the cookie away.
  const options = { path, httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') } as const

  http.get(
    '/api/v1/session/methods',
    {
      schema: { summary: 'How one can sign in', tags, response: { 200: z.object({ oidc: z.boolean() }) } },
      config,
    },
    () => ({ oidc: link !== undefined }),
  )

  http.get(
    path,
    { schema: { summary: 'Sign in at the identity provider', tags, response: { 302: z.null() } }, config },
    async (_request, reply) => {
      if (link === undefined) return refuse(reply, 'off')
      try {
        const { url, attempt } = await link.begin()
        reply.setCookie(attemptCookie, sealed(attempt), { ...options, maxAge: attemptSeconds })
        return reply.redirect(url)
      } catch (error) {
        logger.error({ err: error }, 'the identity provider cannot be asked')
        return refuse(reply, 'away')
      }
    },
  )

  http.get(
    `${path}/callback`,
    { schema: { summary: 'Back from the identity provider', tags, response: { 302: z.null() } }, config },
    async (request, reply) => {
      if (link === undefined || oidc === undefined) return refuse(reply, 'off')
      const begunAt = Date.now()
      const attempt = opened(request.cookies[attemptCookie])
      // Once only, whatever comes of it.
      reply.clearCookie(attemptCookie, options)
      if (attempt === undefined) return refuse(reply, 'stale')
      const { search } = new URL(request.url, publicUrl)
      const claims = await link.finish(search, attempt).catch((error: unknown) => {
        logger.warn({ err: error, address: request.ip }, 'sign-in at the identity provider refused')
        return undefined
      })
      if (claims === undefined) return refuse(reply, 'failed')
      const user = userOf(claims, oidc)
      if (user === undefined) {
        logger.warn({ subject: claims.sub, address: request.ip }, 'no role for who signed in at the identity provider')
        return refuse(reply, 'role')
      }
      logger.info({ user: user.name, subject: claims.sub, role: user.role }, 'signed in at the identity provider')
      const token = await signSession(user, sessionSecret, begunAt)
      reply.setCookie(sessionCookie, token, { ...sessionCookieOptions, maxAge: sessionSeconds })
      // The app asks who it is.
      return reply.redirect('/?signed-in')
    },
  )
}

const sealed = (attempt: Attempt): string => Buffer.from(JSON.stringify(attempt)).toString('base64url')

function opened(cookie: string | undefined): Attempt | undefined {
  if (cookie === undefined) return undefined
  try {
    return attemptSchema.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()))
  } catch {
    // Not of ours: no attempt.
    return undefined
  }
}

/** What is needed of a reply. */
interface PageReply {
  code(status: number): this
  type(contentType: string): this
  serializer(write: (page: string) => string): this
  send(page: never): this
}

/** A person's browser shows it, not a program. */
function refuse(reply: PageReply, why: keyof typeof refusals): never {
  const { status, zh, en } = refusals[why]
  const page =
    `<!doctype html><html lang="zh"><meta charset="utf-8"><title>96333</title><h1>${zh}</h1>` +
    `<p lang="en">${en}</p><p><a href="/">返回登录 / Back to sign-in</a></p></html>`
  const sent = reply.code(status).type('text/html; charset=utf-8').serializer(String)
  return sent.send(page as never) as never
}
