import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { authorityFile, type CertificateFiles, openAuthority } from './certificate-authority.ts'

const serverDays = 397
/** A server's certificate is made anew when it has less than this left. */
const renewBeforeMs = 30 * 24 * 60 * 60 * 1_000

export const certificatesFolder = (dataDir: string): string => join(dataDir, 'certificates')

/** What clients reach the broker by on this machine. */
export const ownHosts = (bind: string): string[] => [
  ...new Set(['localhost', '127.0.0.1', '::1', hostname(), ...(['0.0.0.0', '::'].includes(bind) ? [] : [bind])]),
]

/**
 * The broker's certificate, made where it is missing or about to end.
 * @returns its files and that of the authority that signed it
 */
export async function serverCertificate(
  folder: string,
  hosts: readonly string[],
): Promise<CertificateFiles & { readonly authority: string }> {
  const files = { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') }
  if (!lasts(files)) await renewServerCertificate(folder, hosts)
  return { ...files, authority: authorityFile(folder) }
}

/** Makes the broker's certificate anew; the broker takes it within seconds, and no connection is lost. */
export async function renewServerCertificate(folder: string, hosts: readonly string[]): Promise<CertificateFiles> {
  const authority = await openAuthority(folder)
  return authority.issue('server', { commonName: hosts[0] ?? 'localhost', days: serverDays, hosts })
}

function lasts({ certificate, key }: CertificateFiles): boolean {
  if (!existsSync(certificate) || !existsSync(key)) return false
  const { validTo } = new X509Certificate(readFileSync(certificate))
  return Date.parse(validTo) - Date.now() > renewBeforeMs
}
