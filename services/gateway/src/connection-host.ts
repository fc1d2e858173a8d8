import type { BrokerLink } from './broker-link.ts'
import type { Admit, Session } from './client-rights.ts'
import type { Will } from './connect-packet.ts'
import type { Connection } from './connection.ts'
import type { DownLink } from './down-link.ts'
import type { Pressure } from './pressure.ts'
import type { FilterLimits } from './subscribe-packet.ts'

export interface ConnectionLimits extends FilterLimits {
  readonly maxUnacknowledged: number
  readonly maxBytes: number
  readonly maxControlBytes: number
  /** Messages down that the client has not answered. */
  readonly maxInflight: number
  /** From TCP connection to accepted CONNECT. */
  readonly connectMs: number
  /** Silence of a client that wants no keep-alive, or a longer one. */
  readonly maxSilenceMs: number
  /** How long a client may read nothing of what is written to it. */
  readonly stalledMs: number
}

/** A session as a CONNECT finds it. */
export interface SessionFound {
  readonly session: Session
  /** It was kept, and goes on. */
  readonly present: boolean
  /** The broker has something of it, to go on with or to forget. */
  readonly kept: boolean
}

/** What a connection needs of those around it. */
export interface ConnectionHost {
  readonly limits: ConnectionLimits
  readonly pressure: Pressure
  /** Does later what may wait: what signing in, subscribing and leaving cost. */
  readonly inTurn: (step: () => void) => void
  /** Decides whether a client is let in. */
  readonly admit: Admit
  /** Milliseconds that the answer to a CONNECT waits, so that guessing is slow. */
  readonly delay: (address: string, username: string, good: boolean) => number
  /** Hands a client to the broker. */
  readonly introduce: (link: BrokerLink<DownLink>) => void
  readonly session: (clientId: string, clean: boolean) => SessionFound
  /** Tells subscribers of a will that is stored. */
  readonly tellWill: (will: Will) => void
  readonly refuseFrame: (reason: string, client: string) => void
  readonly refuseConnection: (reason: string, client: string) => void
  readonly accepted: (connection: Connection) => void
  readonly closed: (connection: Connection) => void
}
