import { randomUUID } from 'node:crypto'
import type { Aedes } from 'aedes'
import type { Admit, ClientRights, ClientUplink, Session } from './client-rights.ts'
import type { Directory } from './directory.ts'
import { LabUplink } from './lab-uplink.ts'
import type { PublishCredit } from './publish-credit.ts'

/** Topics of the registered devices and of the broker's own affairs: closed to who is not known. */
const closed = /^(v1|\$SYS|\$CONTROL)(\/|$)/
/** Refused so that a suite can see a refused subscription. */
const unsubscribable = 'test/nosubscribe'

export interface LabServices {
  readonly directory: Directory
  readonly registered: Admit
  /** Of one anonymous client. */
  readonly credit: () => PublishCredit
  /** Where PUBLISHes of anonymous clients go. */
  readonly broker: () => Aedes
}

/**
 * Lets in everybody, through the same door as devices: who names a user of the registry as usual, all others as
 * anonymous clients of a plain broker, on any topic but the devices'. For suites that prove the protocol, on the
 * loopback interface only.
 */
export function admitInLaboratory({ directory, registered, broker, credit }: LabServices): Admit {
  return (connect, peer) => {
    const { clientId, clean, username, will } = connect
    const known = username !== undefined && directory.credential(username) !== undefined
    if (known || peer.certificate !== undefined) return registered(connect, peer)
    // [MQTT-3.1.3-8]
    if (clientId === '' && !clean) return { returnCode: 2, reason: 'empty_client_id' }
    if (will !== undefined && closed.test(will.topic)) return { returnCode: 5, reason: 'will_topic' }
    // [MQTT-3.1.3-6]
    return new LabClient(clientId === '' ? `anonymous-${randomUUID()}` : clientId, broker, credit())
  }
}

class LabClient implements ClientRights {
  readonly clientId: string
  readonly name = 'anonymous'
  readonly valid = true
  readonly #broker: () => Aedes
  readonly #credit: PublishCredit

  constructor(clientId: string, broker: () => Aedes, credit: PublishCredit) {
    this.clientId = clientId
    this.#credit = credit
    this.#broker = broker
  }

  maySubscribe(filter: string): boolean {
    return filter !== unsubscribable && !closed.test(filter)
  }

  mayReceive(topic: string): boolean {
    return !closed.test(topic)
  }

  /** The broker publishes it; there is nothing else to keep. */
  takeWill(_topic: string, _payload: Buffer, stored: (error?: Error) => void): void {
    stored()
  }

  uplink(session: Session, write: (answers: Buffer) => void, settled: () => void): ClientUplink {
    const mayPublish = (topic: string): boolean => this.mayReceive(topic)
    return new LabUplink(this.#broker(), mayPublish, session, this.#credit, write, settled)
  }
}
