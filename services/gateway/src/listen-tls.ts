import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from 'node:tls'
import { bound, type Place } from './listen.ts'

/** How often the files are looked at. */
const watchMs = 1_000

export interface TlsFiles {
  readonly certificate: string
  readonly key: string
  /** Authority whose client certificates count. */
  readonly authority: string
}

export interface TlsHooks {
  readonly enter: (socket: TLSSocket) => void
  /** Hears of handshakes that came to nothing. */
  readonly refused: (address: string) => void
  /** Hears of files that were taken anew, or why they could not be. */
  readonly reloaded: (error?: unknown) => void
}

/**
 * Listens for TLS 1.2 and newer, and takes certificates anew when their files change: the connections that are open
 * stay. A client may show a certificate and need not.
 * @param handshakeMs how long a handshake may take
 * @returns ends it
 * @throws Error where the files cannot be used or the port cannot be had
 */
export async function listenTls(
  place: Place,
  files: TlsFiles,
  handshakeMs: number,
  { enter, refused, reloaded }: TlsHooks,
): Promise<{ readonly server: Server; readonly close: () => void }> {
  const server = createServer(
    {
      ...read(files),
      noDelay: true,
      requestCert: true,
      // Without a certificate, or with one of another authority, the secret or the door decides.
      rejectUnauthorized: false,
      handshakeTimeout: handshakeMs,
    },
    enter,
  )
  server.on('tlsClientError', (_error, socket) => refused(socket.remoteAddress ?? 'unknown'))
  await bound(server, place)
  const reload = (): void => {
    try {
      server.setSecureContext(read(files))
      reloaded()
    } catch (error) {
      // One of the two is written before the other; the next change brings both.
      reloaded(error)
    }
  }
  const paths = Object.values(files)
  for (const path of paths) watchFile(path, { interval: watchMs }, reload)
  const close = (): void => {
    server.close()
    for (const path of paths) unwatchFile(path, reload)
  }
  return { server, close }
}

const read = ({ certificate, key, authority }: TlsFiles): SecureContextOptions => ({
  cert: readFileSync(certificate),
  key: readFileSync(key),
  ca: readFileSync(authority),
  minVersion: 'TLSv1.2',
})
