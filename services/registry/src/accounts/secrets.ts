import { createHash, randomBytes, randomInt } from 'node:crypto'

/** A secret for a device or a gateway: 192 random bits. */
export const deviceSecret = (): string => randomBytes(24).toString('base64url')

/** 31 characters that are not mistaken for one another when read aloud. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password for a person: four groups of four, about 79 random bits. */
export function personPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => readable[randomInt(readable.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

export interface HashedSecret {
  readonly salt: string
  /** Hex. */
  readonly secretHash: string
}

/** What is kept of a device's secret: SHA-256 of salt and secret, as the broker checks it (contracts, `Credential`). */
export function hashSecret(secret: string): HashedSecret {
  const salt = randomBytes(16).toString('hex')
  const secretHash = createHash('sha256')
    .update(salt + secret)
    .digest('hex')
  return { salt, secretHash }
}
