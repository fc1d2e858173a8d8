import { createHmac } from 'node:crypto'
import { ConfigError } from './config.ts'

/** What a token becomes: 128 bits of HMAC-SHA256, with a mark by which it is known for one. */
const pseudonymPattern = /^op1_[A-Za-z0-9_-]{22}$/
/** Cards of all operators that are at work. */
const maxKept = 10_000

export const isOperatorPseudonym = (token: string): boolean => pseudonymPattern.test(token)

/**
 * Makes an operator's card token something that tells operators apart and does not say who they are. The gateway does
 * it to what devices send and the registry to the tokens that may drive a machine before it tells anybody, both with
 * one key: so the rule compares like with like, and no token stands in the log, in InfluxDB or in a bucket.
 * @param key `PRIVACY_KEY`, or what stands in for it
 */
export function operatorPseudonym(key: string): (token: string) => string {
  const kept = new Map<string, string>()
  return (token) => {
    const known = kept.get(token)
    if (known !== undefined) return known
    const digest = createHmac('sha256', key).update(`operator\0${token}`).digest().subarray(0, 16)
    const pseudonym = `op1_${digest.toString('base64url')}`
    if (kept.size >= maxKept) kept.clear()
    kept.set(token, pseudonym)
    return pseudonym
  }
}

/**
 * The key of pseudonyms: `PRIVACY_KEY`, else the session secret, which an installation has anyway. To change either is
 * to forget who drove before.
 * @throws ConfigError where there is neither
 */
export function privacyKey(config: {
  readonly PRIVACY_KEY?: string | undefined
  readonly SESSION_SECRET?: string | undefined
}): string {
  const key = config.PRIVACY_KEY ?? config.SESSION_SECRET
  if (key === undefined) {
    throw new ConfigError('configuration: PRIVACY_KEY: missing, and so is SESSION_SECRET; at least 32 characters')
  }
  return key
}
