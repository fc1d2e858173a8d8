import type { PayloadReader, RecordPart, VendorFormat } from '@lifeline/protocols'
import { Acknowledgements, type Batch, puback, pubcomp, pubrec } from './acknowledgements.ts'
import type { ClientUplink, Session } from './client-rights.ts'
import type { CommandAnswers } from './command-answers.ts'
import type { Directory, RefusedTopic, Rights, Route } from './directory.ts'
import type { Intake, Payload } from './intake.ts'
import type { Pressure } from './pressure.ts'
import type { PublishCredits } from './publish-credit.ts'
import type { Publish } from './publish-packet.ts'
import { RecordBytes } from './record-bytes.ts'
import type { Tally } from './tally.ts'
import type { VendorIntake } from './vendor-intake.ts'
import type { VendorRoute } from './vendor-topics.ts'

/** Bytes at which a run is closed. */
const maxRunBytes = 128 * 1024
/** Bytes that a record has beside the frame, about. */
const recordRoom = 160

export interface UplinkServices {
  readonly directory: Directory
  readonly intake: Intake
  readonly vendorIntake: VendorIntake
  readonly commandAnswers: CommandAnswers
  readonly credits: PublishCredits
  readonly pressure: Pressure
  readonly tally: Tally
  /** Hears how many seconds a batch waited to be stored. */
  readonly observeCommit: (seconds: number) => void
}

interface Run extends Batch {
  readonly partition: number
  readonly records: RecordBytes
}

/**
 * The way up of one client: its PUBLISHes go into the log in the order in which they came and are acknowledged in it
 * when they are stored. PUBLISHes in a row for one partition travel as one run, which is what makes it fast.
 */
export class Uplink implements ClientUplink {
  readonly #credential: () => Rights | undefined
  readonly #session: Session
  readonly #services: UplinkServices
  readonly #acknowledgements: Acknowledgements
  /** Readers of vendors' formats, which may keep what a connection has said before. */
  readonly #readers = new Map<VendorFormat, PayloadReader>()
  #routes = new Map<string, Route | VendorRoute | RefusedTopic>()
  #routesVersion = -1
  #run: Run | undefined
  /** Whose the last PUBLISHes are, how many, and how long those before have to wait, ms. */
  #payer = ''
  #unpaid = 0
  #owedMs = 0

  /**
   * @param credential the client's as it stands now, undefined where it has none any more
   * @param write sends answers to the client
   * @param settled called whenever PUBLISHes have been stored and answered
   */
  constructor(
    credential: () => Rights | undefined,
    session: Session,
    services: UplinkServices,
    write: (answers: Buffer) => void,
    settled: () => void,
  ) {
    this.#credential = credential
    this.#session = session
    this.#services = services
    this.#acknowledgements = new Acknowledgements(write, settled)
  }

  get publishes(): number {
    return this.#acknowledgements.publishes
  }

  get bytes(): number {
    return this.#acknowledgements.bytes
  }

  waitMs(now: number): number {
    this.#settle(now)
    const owed = this.#owedMs
    this.#owedMs = 0
    return owed
  }

  publish(publish: Publish, receivedAt: number): RefusedTopic | undefined {
    const route = this.#route(publish.topic)
    if (typeof route === 'string') return route
    const payer = route.channel === 'vendor' ? route.account : route.deviceId
    if (payer !== this.#payer) {
      this.#settle(performance.now())
      this.#payer = payer
    }
    this.#unpaid++
    if (publish.qos === 2 && this.#session.received.has(publish.packetId)) {
      this.#answer(pubrec(publish.packetId))
      return undefined
    }
    if (route.channel === 'vendor') {
      this.#whole(publish, (sent, stored) =>
        this.#services.vendorIntake.store(route, this.reader(route.format), sent, receivedAt, 'message', stored),
      )
      return undefined
    }
    if (route.channel === 'command-ack') {
      this.#whole(publish, (sent, stored) => this.#services.commandAnswers.store(route, sent, receivedAt, stored))
      return undefined
    }
    const decoded = this.#services.intake.decode(route, publish)
    if (decoded.bad.length === 0 && publish.qos < 2 && route.channel !== 'status') {
      this.#append(decoded.records, route, receivedAt, publish)
      return undefined
    }
    this.#whole(publish, (sent, stored) =>
      this.#services.intake.store(route, decoded, sent, receivedAt, 'message', () => {
        if (route.channel === 'status' && decoded.bad.length === 0) {
          this.#services.intake.announce(route, sent, publish.retain)
        }
        stored()
      }),
    )
    return undefined
  }

  /** Answers a PUBLISH of QoS 1 that is not taken, after those before it. */
  acknowledge(packetId: number): void {
    this.#answer(puback(packetId))
  }

  release(packetId: number): void {
    this.#session.received.delete(packetId)
    this.#answer(pubcomp(packetId))
  }

  flush(): void {
    const run = this.#run
    if (run === undefined) return
    this.#run = undefined
    const startedAt = performance.now()
    run.bytes = run.records.length
    this.#await(run)
    this.#services.intake.log.append(run.partition, run.records.bytes, () => {
      this.#services.tally.committed += run.records.count
      this.#stored(run, startedAt)
    })
  }

  #settle(now: number): void {
    if (this.#unpaid === 0) return
    const owed = this.#services.credits.of(this.#payer).take(this.#unpaid, now)
    this.#unpaid = 0
    if (owed > this.#owedMs) this.#owedMs = owed
  }

  /** Has a PUBLISH stored as a batch of its own. */
  #whole(publish: Publish, store: (sent: Payload, stored: () => void) => number): void {
    this.flush()
    const startedAt = performance.now()
    const answers = publish.qos === 0 ? [] : [publish.qos === 1 ? puback(publish.packetId) : pubrec(publish.packetId)]
    const batch: Batch = { answers, publishes: 1, bytes: 0, awaiting: 1 }
    // The reader's bytes are not ours to keep.
    const sent = { payload: Buffer.from(publish.payload), payloadBytes: publish.payloadBytes }
    batch.bytes = store(sent, () => {
      if (publish.qos === 2) this.#session.received.add(publish.packetId)
      // What needed no storing is settled before it is awaited.
      queueMicrotask(() => this.#stored(batch, startedAt))
    })
    this.#await(batch)
  }

  /** The connection's reader of a format. */
  reader(format: VendorFormat): PayloadReader {
    const reader = this.#readers.get(format) ?? format.reader()
    this.#readers.set(format, reader)
    return reader
  }

  #append(parts: readonly RecordPart[], route: Route, receivedAt: number, { qos, packetId, payload }: Publish): void {
    if (this.#run?.partition !== route.partition || this.#run.records.length > maxRunBytes) this.flush()
    if (this.#run === undefined) {
      const records = new RecordBytes(2 * payload.length + recordRoom)
      this.#run = { answers: [], publishes: 0, bytes: 0, awaiting: 1, partition: route.partition, records }
    }
    for (const part of parts) this.#run.records.add(part, route, receivedAt)
    this.#run.publishes++
    if (qos === 1) this.#run.answers.push(puback(packetId))
  }

  #route(topic: string): Route | VendorRoute | RefusedTopic {
    const { directory } = this.#services
    if (this.#routesVersion !== directory.version) {
      this.#routesVersion = directory.version
      this.#routes = new Map()
    }
    let route = this.#routes.get(topic)
    if (route === undefined) {
      const credential = this.#credential()
      route = credential === undefined ? 'foreign_device' : directory.route(credential, topic)
      if (typeof route !== 'string') this.#routes.set(topic, route)
    }
    return route
  }

  /** An answer that waits for nothing but those before it. */
  #answer(answer: number): void {
    this.flush()
    this.#acknowledgements.add({ answers: [answer], publishes: 0, bytes: 0, awaiting: 0 })
  }

  #await(batch: Batch): void {
    this.#services.pressure.add(batch.bytes)
    this.#acknowledgements.add(batch)
  }

  #stored(batch: Batch, startedAt: number): void {
    this.#services.observeCommit((performance.now() - startedAt) / 1_000)
    this.#services.pressure.release(batch.bytes)
    this.#acknowledgements.stored(batch)
  }
}
