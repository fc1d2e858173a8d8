import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LaunchError } from './launch-error.ts'

const secretsSchema = z.object({ sessionSecret: z.string().min(32) })

/**
 * The secret that session tokens are signed with: made at the first start, kept in `secrets.json`, so that a restart
 * signs nobody out.
 * @throws LaunchError CONFIG_INVALID where the file is there but cannot be used
 */
export function sessionSecret(dataDir: string): string {
  const path = join(dataDir, 'secrets.json')
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).sessionSecret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      const advice = 'Delete it to have a new one made; everybody signs in again then.'
      throw new LaunchError('CONFIG_INVALID', `Not started: ${path} cannot be used. ${advice}`, { cause: error })
    }
  }
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(path, `${JSON.stringify({ sessionSecret: secret }, undefined, 2)}\n`, { mode: 0o600 })
  return secret
}
