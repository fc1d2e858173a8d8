import { sessionUserSchema } from '@lifeline/contracts'
import { ProblemError, sessionCookie, sessionSeconds, signSession } from '@lifeline/service-kit'
import { z } from 'zod'
import { OneByOne } from '../accounts/one-by-one.ts'
import { signIn } from '../accounts/sign-in.ts'
import { SignInBackOff } from '../accounts/sign-in-back-off.ts'
import type { RegistryParts } from './registry-api.ts'

const signInSchema = z.object({ name: z.string().min(1).max(64), password: z.string().min(1).max(256) })
const sessionSchema = z.object({
  token: z.string(),
  user: sessionUserSchema,
  /** ms since the Unix epoch. */
  expiresAt: z.int(),
})
const path = '/api/v1/session'
export const sessionCookieOptions = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** Signing in, who is signed in, and signing out. */
export function sessionRoutes({ http, db, sessionEnds, sessionSecret, logger }: RegistryParts): void {
  const backOff = new SignInBackOff()
  const tries = new OneByOne()

  http.post(
    path,
    {
      schema: { summary: 'Sign in', tags: ['session'], body: signInSchema, response: { 200: sessionSchema } },
      config: { open: true },
    },
    async (request, reply) => {
      const { name, password } = request.body
      const who = `${name} from ${request.ip}`
      // Whoever tries a thousand at once is told of each only after the one before: good ones pass, guesses slow down.
      const tried = await tries.run(who, async () => {
        const waitSeconds = backOff.ask(who, Date.now())
        if (waitSeconds > 0) return { waitSeconds }
        const begunAt = Date.now()
        const user = await signIn(db, name, password)
        if (user !== undefined) backOff.succeeded(who)
        return { waitSeconds: 0, user, begunAt }
      })
      const { waitSeconds, user, begunAt } = tried ?? { waitSeconds: 1 }
      if (waitSeconds > 0) {
        reply.header('retry-after', waitSeconds)
        throw new ProblemError(429, 'Too many tries', `wait ${waitSeconds} s before the next try`)
      }
      if (user === undefined) {
        // What is typed as a name may be a password: only a name that is one is told.
        const known = await db.selectFrom('users').select('name').where('name', '=', name).executeTakeFirst()
        logger.warn({ user: known?.name ?? 'unknown', address: request.ip }, 'sign-in refused')
        throw new ProblemError(401, 'Sign-in refused', 'no user has this name and this password')
      }
      const expiresAt = Date.now() + sessionSeconds * 1000
      const token = await signSession(user, sessionSecret, begunAt)
      reply.setCookie(sessionCookie, token, { ...sessionCookieOptions, maxAge: sessionSeconds })
      return { token, user, expiresAt }
    },
  )

  http.get(
    path,
    {
      schema: {
        summary: 'Who is signed in',
        tags: ['session'],
        response: { 200: z.object({ user: sessionUserSchema }) },
      },
    },
    ({ user }) => ({ user }),
  )

  http.delete(
    path,
    { schema: { summary: 'Sign out', tags: ['session'], response: { 204: z.null() } } },
    async ({ sessionId }, reply) => {
      await sessionEnds.tell({ session: sessionId, at: Date.now() })
      reply.clearCookie(sessionCookie, sessionCookieOptions).code(204)
      return null
    },
  )
}
