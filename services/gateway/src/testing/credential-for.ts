import { createHash } from 'node:crypto'
import type { Credential } from '@lifeline/contracts'

/** A credential as the registry would publish it. */
export function credentialFor(name: string, secret: string, devices: readonly string[], siteId = 'site-1'): Credential {
  const salt = `salt of ${name}`
  const secretHash = createHash('sha256')
    .update(salt + secret)
    .digest('hex')
  return { username: name, clientId: name, salt, secretHash, siteId, devices: [...devices] }
}
