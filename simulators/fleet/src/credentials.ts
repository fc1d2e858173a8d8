import { readFile } from 'node:fs/promises'
import { idSchema, kindSchema, roleSchema } from '@lifeline/contracts'
import { z } from 'zod'

const signIn = { username: z.string(), password: z.string() }

const credentialsSchema = z.object({
  users: z.array(z.object({ name: z.string(), password: z.string(), role: roleSchema })),
  devices: z.array(z.object({ deviceId: idSchema, kind: kindSchema, ...signIn })),
  gateways: z.array(z.object({ gatewayId: idSchema, siteId: idSchema, devices: z.array(idSchema), ...signIn })),
})
/** The file of all sign-ins that the registry writes (interface.md §1). */
export type Credentials = z.infer<typeof credentialsSchema>

/** Thrown where the credentials file is not there yet or is not what it should be. */
export class CredentialsError extends Error {
  readonly code = 'CREDENTIALS_UNREADABLE'
  override readonly name = 'CredentialsError'
}

/** @throws CredentialsError naming the file, and the place in it that is wrong */
export async function readCredentials(file: string): Promise<Credentials> {
  const complain = (what: string, cause: unknown): CredentialsError =>
    new CredentialsError(`${file}: ${what}; it is written at the product's first start, into DATA_DIR`, { cause })
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw complain('cannot be read', error)
  })
  try {
    return credentialsSchema.parse(JSON.parse(text))
  } catch (error) {
    throw complain(error instanceof z.ZodError ? z.prettifyError(error) : 'is not JSON', error)
  }
}
