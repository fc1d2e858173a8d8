import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Kind, Role } from '@lifeline/contracts'

/** Every sign-in of a new district, in clear: interface.md §1. */
export interface Credentials {
  readonly users: readonly { readonly name: string; readonly password: string; readonly role: Role }[]
  readonly devices: readonly {
    readonly deviceId: string
    readonly kind: Kind
    readonly username: string
    readonly password: string
  }[]
  readonly gateways: readonly {
    readonly gatewayId: string
    readonly siteId: string
    readonly username: string
    readonly password: string
    /** Ids. */
    readonly devices: readonly string[]
  }[]
  /** PEM file of the authority that vouches for the broker; absent where the broker has no TLS. */
  readonly mqtt: { readonly caFile?: string }
}

/** Names the authority in a file of before; does nothing where there is no file, or it is named already. */
export async function nameAuthority(path: string, caFile: string): Promise<void> {
  if (!existsSync(path)) return
  const credentials = JSON.parse(await readFile(path, 'utf8')) as Credentials
  if (credentials.mqtt.caFile === caFile) return
  await writeCredentials(path, { ...credentials, mqtt: { ...credentials.mqtt, caFile } })
}

/**
 * Writes the file for its owner alone. Whoever opens it finds the old one or the whole new one, also after a power
 * cut.
 */
export async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const unfinished = `${path}.unfinished`
  const file = await open(unfinished, 'w', 0o600)
  try {
    // The mode above counts only where the file is new.
    await file.chmod(0o600)
    await file.writeFile(`${JSON.stringify(credentials, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
  const entry = await open(folder, 'r')
  try {
    await entry.sync()
  } finally {
    await entry.close()
  }
}
