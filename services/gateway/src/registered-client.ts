import type { Credential } from '@lifeline/contracts'
import type { Admit, ClientRights, ClientUplink, Session } from './client-rights.ts'
import type { Connect } from './connect-packet.ts'
import type { ClientCertificate } from './peer.ts'
import { Uplink, type UplinkServices } from './uplink.ts'

export interface RegisteredServices extends UplinkServices {
  readonly refuseFrame: (reason: string, client: string) => void
  /** True once the gateway itself goes: then no client's will is due. */
  readonly stopping: () => boolean
}

/** Lets in who has a credential, or a certificate in its stead, under the client id that goes with it. */
export function admitRegistered(services: RegisteredServices): Admit {
  const { directory } = services
  const bySecret = ({ username = '', password = Buffer.alloc(0) }: Connect): Credential | undefined =>
    directory.signIn(username, password)
  /** Whoever changed or took away the secret meant all that is older. */
  const byCertificate = (
    { username }: Connect,
    { commonName, issuedAt }: ClientCertificate,
  ): Credential | undefined => {
    const credential = directory.credential(commonName)
    const fits = username === undefined || username === commonName
    return fits && issuedAt + 1_000 > (credential?.issuedAt ?? 0) ? credential : undefined
  }
  return (connect, peer) => {
    const { clientId, clean, will } = connect
    // [MQTT-3.1.3-8]
    if (clientId === '' && !clean) return { returnCode: 2, reason: 'empty_client_id' }
    const credential = peer.certificate === undefined ? bySecret(connect) : byCertificate(connect, peer.certificate)
    if (credential === undefined) return { returnCode: 5, reason: 'credential' }
    if (clientId !== credential.clientId) return { returnCode: 2, reason: 'client_id' }
    if (will !== undefined) {
      const route = directory.route(credential, will.topic)
      // A vendor's own way to say that the connection is gone, as Sparkplug's death of a node.
      const fits = typeof route === 'object' && (route.channel === 'status' || route.channel === 'vendor')
      if (!fits) return { returnCode: 5, reason: 'will_topic' }
    }
    return new RegisteredClient(credential, services)
  }
}

/** A device or a site gateway of the registry. Its rights are looked up anew each time: the registry may change them. */
class RegisteredClient implements ClientRights {
  readonly #signedIn: Credential
  readonly #services: RegisteredServices
  #uplink: Uplink | undefined

  constructor(signedIn: Credential, services: RegisteredServices) {
    this.#signedIn = signedIn
    this.#services = services
  }

  get clientId(): string {
    return this.#signedIn.clientId
  }

  get name(): string {
    return this.#signedIn.username
  }

  get valid(): boolean {
    return this.#credential !== undefined
  }

  /** As it stands now; undefined where it is gone or the client signed in with another secret. */
  get #credential(): Credential | undefined {
    const { username, clientId, salt, secretHash } = this.#signedIn
    const current = this.#services.directory.credential(username)
    const same = current?.clientId === clientId && current.salt === salt && current.secretHash === secretHash
    return same ? current : undefined
  }

  maySubscribe(filter: string): boolean {
    const credential = this.#credential
    return credential !== undefined && this.#services.directory.maySubscribe(credential, filter)
  }

  mayReceive(topic: string): boolean {
    return this.maySubscribe(topic)
  }

  takeWill(topic: string, payload: Buffer, stored: (error?: Error) => void): void {
    const { directory, intake, vendorIntake, refuseFrame, stopping } = this.#services
    // Also where its rights ended with the connection: that it fell silent is to be known.
    const route = directory.route(this.#credential ?? this.#signedIn, topic)
    // It is the gateway that goes, not the device.
    if (stopping()) stored(new Error('no will while stopping'))
    else if (typeof route === 'string' || route.channel === 'command-ack') {
      const reason = typeof route === 'string' ? route : 'will_topic'
      refuseFrame(reason, this.name)
      stored(new Error(`will refused: ${reason}`))
    } else {
      const sent = { payload, payloadBytes: payload.length }
      if (route.channel === 'vendor') {
        const reader = this.#uplink?.reader(route.format) ?? route.format.reader()
        vendorIntake.store(route, reader, sent, Date.now(), 'will', stored)
        return
      }
      intake.store(route, intake.decode(route, sent), sent, Date.now(), 'will', stored)
    }
  }

  uplink(session: Session, write: (answers: Buffer) => void, settled: () => void): ClientUplink {
    this.#uplink = new Uplink(() => this.#credential, session, this.#services, write, settled)
    return this.#uplink
  }
}
