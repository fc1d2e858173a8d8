import type { Aedes } from 'aedes'
import { Acknowledgements, type Batch, puback, pubcomp, pubrec } from './acknowledgements.ts'
import type { ClientUplink, Session } from './client-rights.ts'
import type { PublishCredit } from './publish-credit.ts'
import type { Publish } from './publish-packet.ts'

/** The way up of an anonymous client in the laboratory: its PUBLISHes go to whoever has subscribed. */
export class LabUplink implements ClientUplink {
  readonly #broker: Aedes
  readonly #mayPublish: (topic: string) => boolean
  readonly #session: Session
  readonly #credit: PublishCredit
  #unpaid = 0
  readonly #acknowledgements: Acknowledgements

  constructor(
    broker: Aedes,
    mayPublish: (topic: string) => boolean,
    session: Session,
    credit: PublishCredit,
    write: (answers: Buffer) => void,
    settled: () => void,
  ) {
    this.#broker = broker
    this.#mayPublish = mayPublish
    this.#session = session
    this.#credit = credit
    this.#acknowledgements = new Acknowledgements(write, settled)
  }

  get publishes(): number {
    return this.#acknowledgements.publishes
  }

  get bytes(): number {
    return this.#acknowledgements.bytes
  }

  waitMs(now: number): number {
    const unpaid = this.#unpaid
    this.#unpaid = 0
    return unpaid === 0 ? 0 : this.#credit.take(unpaid, now)
  }

  publish({ qos, retain, packetId, topic: bytes, payload, payloadBytes }: Publish): string | undefined {
    this.#unpaid++
    const topic = Buffer.from(bytes, 'latin1').toString()
    if (!this.#mayPublish(topic)) return 'closed_topic'
    if (payload.length < payloadBytes) return 'too_large'
    if (qos === 2) {
      if (this.#session.received.has(packetId)) {
        this.#answer(pubrec(packetId))
        return undefined
      }
      this.#session.received.add(packetId)
    }
    const answers = qos === 0 ? [] : [qos === 1 ? puback(packetId) : pubrec(packetId)]
    const batch: Batch = { answers, publishes: 1, bytes: payload.length, awaiting: 1 }
    this.#acknowledgements.add(batch)
    // The reader's bytes are not ours to keep.
    const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: false } as const
    this.#broker.publish(packet, () => this.#acknowledgements.stored(batch))
    return undefined
  }

  release(packetId: number): void {
    this.#session.received.delete(packetId)
    this.#answer(pubcomp(packetId))
  }

  flush(): void {
    // Each PUBLISH has gone on at once.
  }

  #answer(answer: number): void {
    this.#acknowledgements.add({ answers: [answer], publishes: 0, bytes: 0, awaiting: 0 })
  }
}
