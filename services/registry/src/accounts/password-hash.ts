import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
/**
 * 32 MiB a try. The passwords are generated (79 bits), so guessing is hopeless at any cost; a sign-in and the first
 * start, which hashes one for each user, should not take seconds on a busy machine.
 */
const costs = { N: 2 ** 15, r: 8, p: 1 }
const hashBytes = 32

/** A salted hash of a password with what is needed to check it: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, hashBytes, withMemory(costs))
  return ['scrypt', costs.N, costs.r, costs.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Nobody's: checked in a user's stead so that a name that does not exist takes as long as one that does. */
const nobody = ['scrypt', costs.N, costs.r, costs.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$')

/**
 * Whether `password` is the one that was hashed; false where there is no hash.
 * @throws Error where the stored hash is not one of `hashPassword`
 */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  const [scheme, N, r, p, salt = '', hash = ''] = (stored ?? nobody).split('$')
  if (scheme !== 'scrypt') throw new Error(`a password hash is stored that starts with ${scheme}, not scrypt`)
  const wanted = Buffer.from(hash, 'base64url')
  const options = withMemory({ N: Number(N), r: Number(r), p: Number(p) })
  const given = await derive(password, Buffer.from(salt, 'base64url'), wanted.length, options)
  return timingSafeEqual(given, wanted) && stored !== undefined
}

/** scrypt takes 128·N·r bytes; Node refuses more than 32 MiB unless told. */
const withMemory = (cost: typeof costs): ScryptOptions => ({ ...cost, maxmem: 256 * cost.N * cost.r })
