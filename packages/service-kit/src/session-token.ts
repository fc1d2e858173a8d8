import { type SessionUser, sessionUserSchema } from '@lifeline/contracts'
import { jwtVerify, SignJWT } from 'jose'

/** A session lasts a shift. */
export const sessionSeconds = 12 * 3600
export const sessionCookie = 'lifeline_session'

const key = (secret: string): Uint8Array => new TextEncoder().encode(secret)

/** A signed token (JWT, HS256) that says who is signed in; valid for `sessionSeconds`. */
export function signSession(user: SessionUser, secret: string): Promise<string> {
  return new SignJWT({ user })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(`${sessionSeconds}s`)
    .sign(key(secret))
}

/** The user of a token, or undefined where it is forged, malformed or expired. */
export async function verifySession(token: string, secret: string): Promise<SessionUser | undefined> {
  try {
    const { payload } = await jwtVerify(token, key(secret), { algorithms: ['HS256'] })
    return sessionUserSchema.parse(payload.user)
  } catch {
    // Every failure means the same to the caller: nobody is signed in with this token.
    return undefined
  }
}
