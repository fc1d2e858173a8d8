import { hash, timingSafeEqual } from 'node:crypto'
import type { Credential } from '@lifeline/contracts'

/** Stands in for a credential that does not exist; no secret has this hash. */
const nobody = { salt: 'nobody', secretHash: '0'.repeat(64) }

/** Whether `secret` is the credential's, in a time that tells nothing of either; false where there is none. */
export function secretMatches(credential: Credential | undefined, secret: Buffer): boolean {
  const { salt, secretHash } = credential ?? nobody
  const given = hash('sha256', Buffer.concat([Buffer.from(salt), secret]), 'buffer')
  const wanted = Buffer.from(secretHash, 'hex')
  return wanted.length === given.length && timingSafeEqual(given, wanted) && credential !== undefined
}
