import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const authorityDays = 3_650
const dayMs = 24 * 60 * 60 * 1_000
const { subtle } = webcrypto
type Key = webcrypto.CryptoKey
type KeyPair = webcrypto.CryptoKeyPair

export interface CertificateRequest {
  readonly commonName: string
  readonly days: number
  /** DNS names and IP addresses of a server; a client where there are none. */
  readonly hosts?: readonly string[]
}

/** Paths of a certificate and its key, both PEM. */
export interface CertificateFiles {
  readonly certificate: string
  readonly key: string
}

const filesOf = (folder: string, name: string): CertificateFiles => ({
  certificate: join(folder, `${name}.pem`),
  key: join(folder, `${name}.key`),
})

/** Path of the authority's certificate, by which clients know the server and the server knows clients. */
export const authorityFile = (folder: string): string => filesOf(folder, 'ca').certificate

/**
 * Our own certificate authority: `ca.pem` and `ca.key` in a folder, made where they are missing.
 * @throws Error where they are there and cannot be used
 */
export async function openAuthority(folder: string): Promise<CertificateAuthority> {
  const files = filesOf(folder, 'ca')
  try {
    const certificate = new x509.X509Certificate(readFileSync(files.certificate, 'utf8'))
    return new CertificateAuthority(folder, certificate, await importKey(readFileSync(files.key, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new Error(`${files.certificate} and ${files.key} are no certificate authority`, { cause: error })
    }
  }
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Lifeline devices',
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + authorityDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  await write(files, certificate, keys.privateKey)
  return new CertificateAuthority(folder, certificate, keys.privateKey)
}

export class CertificateAuthority {
  readonly #folder: string
  readonly #certificate: x509.X509Certificate
  readonly #key: Key

  constructor(folder: string, certificate: x509.X509Certificate, key: Key) {
    this.#folder = folder
    this.#certificate = certificate
    this.#key = key
  }

  /** Makes a key and signs a certificate for it; writes both under `name` into the folder, over what is there. */
  async issue(name: string, { commonName, days, hosts = [] }: CertificateRequest): Promise<CertificateFiles> {
    const keys = await newKeys()
    const server = hosts.length > 0
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [commonName] }],
      issuer: this.#certificate.subject,
      // Clocks of devices run behind. A device's own counts from now: those before its last change of secret do not.
      notBefore: new Date(Date.now() - (server ? dayMs : 0)),
      notAfter: new Date(Date.now() + days * dayMs),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: this.#key,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          server ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth,
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(this.#certificate.publicKey),
        ...(server
          ? [
              new x509.SubjectAlternativeNameExtension(
                hosts.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
              ),
            ]
          : []),
      ],
    })
    const files = filesOf(this.#folder, name)
    await write(files, certificate, keys.privateKey)
    return files
  }
}

const newKeys = (): Promise<KeyPair> => subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<KeyPair>

const importKey = (pem: string): Promise<Key> =>
  subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), algorithm, true, ['sign']) as Promise<Key>

/** The key before the certificate, each whole or not at all: who watches the certificate finds its key there. */
async function write(files: CertificateFiles, certificate: x509.X509Certificate, key: Key): Promise<void> {
  mkdirSync(join(files.key, '..'), { recursive: true, mode: 0o700 })
  const pem = x509.PemConverter.encode(await subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
  replace(files.key, `${pem}\n`, 0o600)
  replace(files.certificate, `${certificate.toString('pem')}\n`, 0o644)
}

function replace(path: string, content: string, mode: number): void {
  const unfinished = `${path}.unfinished`
  writeFileSync(unfinished, content, { mode })
  chmodSync(unfinished, mode)
  renameSync(unfinished, path)
}
