import { randomUUID } from 'node:crypto'
import { type SessionUser, sessionUserSchema } from '@lifeline/contracts'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

/** A session lasts a shift. */
export const sessionSeconds = 12 * 3600
export const sessionCookie = 'lifeline_session'

/** What a token says. */
export interface Session {
  readonly id: string
  readonly user: SessionUser
  /** ms since the Unix epoch: a token's own seconds are too coarse to say what came first. */
  readonly issuedAt: number
}

const payloadSchema = z.object({ jti: z.string(), at: z.number(), user: sessionUserSchema })
const key = (secret: string): Uint8Array => new TextEncoder().encode(secret)

/**
 * A signed token (JWT, HS256) that says who is signed in; valid for `sessionSeconds`.
 * @param issuedAt ms since the Unix epoch; of a sign-in, when it was begun: what ends the user's sessions meanwhile ends
 *   this one too
 */
export function signSession(user: SessionUser, secret: string, issuedAt = Date.now()): Promise<string> {
  return new SignJWT({ user, at: issuedAt })
    .setProtectedHeader({ alg: 'HS256' })
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${sessionSeconds}s`)
    .sign(key(secret))
}

/** What a token says, or undefined where it is forged, malformed or expired. */
export async function verifySession(token: string, secret: string): Promise<Session | undefined> {
  try {
    const { payload } = await jwtVerify(token, key(secret), { algorithms: ['HS256'] })
    const { jti, at, user } = payloadSchema.parse(payload)
    return { id: jti, user, issuedAt: at }
  } catch {
    // Every failure means the same to the caller: nobody is signed in with this token.
    return undefined
  }
}
