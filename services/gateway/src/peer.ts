import type { TLSSocket } from 'node:tls'

/** A client certificate that our authority has signed. */
export interface ClientCertificate {
  readonly commonName: string
  /** ms since the Unix epoch, whole seconds. */
  readonly issuedAt: number
}

/** Who is at the other end of a connection, before it says a word. */
export interface Peer {
  readonly address: string
  readonly certificate?: ClientCertificate
}

/** What a TLS handshake has told of a client; undefined where it showed a certificate that is not to be trusted. */
export function tlsPeer(socket: TLSSocket): Peer | undefined {
  const address = socket.remoteAddress ?? 'unknown'
  const { subject, valid_from } = socket.getPeerCertificate()
  // There is an empty one where the client showed none.
  if (subject === undefined) return { address }
  const commonName = subject.CN
  if (!socket.authorized || typeof commonName !== 'string') return undefined
  return { address, certificate: { commonName, issuedAt: Date.parse(valid_from) } }
}
