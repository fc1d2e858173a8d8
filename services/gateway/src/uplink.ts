import type { Credential } from '@lifeline/contracts'
import type { RecordPart } from '@lifeline/protocols'
import { Acknowledgements, type Batch, puback, pubcomp, pubrec } from './acknowledgements.ts'
import type { Directory, RefusedTopic, Route } from './directory.ts'
import type { Intake } from './intake.ts'
import type { Pressure } from './pressure.ts'
import type { Publish } from './publish-packet.ts'
import { RecordBytes } from './record-bytes.ts'
import type { Tally } from './tally.ts'

/** Bytes at which a run is closed. */
const maxRunBytes = 128 * 1024
/** Bytes that a record has beside the frame, about. */
const recordRoom = 160

/** What outlives a connection of a client with a persistent session. */
export interface Session {
  /** Packet ids of QoS 2 that are stored and not released yet ([MQTT-4.3.3-2]). */
  readonly received: Set<number>
}

export interface UplinkServices {
  readonly directory: Directory
  readonly intake: Intake
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
export class Uplink {
  credential: Credential
  readonly #session: Session
  readonly #services: UplinkServices
  readonly #acknowledgements: Acknowledgements
  #routes = new Map<string, Route | RefusedTopic>()
  #routesVersion = -1
  #run: Run | undefined

  /**
   * @param write sends answers to the client
   * @param settled called whenever PUBLISHes have been stored and answered
   */
  constructor(
    credential: Credential,
    session: Session,
    services: UplinkServices,
    write: (answers: Buffer) => void,
    settled: () => void,
  ) {
    this.credential = credential
    this.#session = session
    this.#services = services
    this.#acknowledgements = new Acknowledgements(write, settled)
  }

  /** PUBLISHes that are not answered. */
  get publishes(): number {
    return this.#acknowledgements.publishes
  }

  /** Bytes that wait to be stored. */
  get bytes(): number {
    return this.#acknowledgements.bytes
  }

  /** Takes a PUBLISH; returns why not where it may not be. */
  publish(publish: Publish, receivedAt: number): RefusedTopic | undefined {
    const route = this.#route(publish.topic)
    if (typeof route === 'string') return route
    if (publish.qos === 2 && this.#session.received.has(publish.packetId)) {
      this.#answer(pubrec(publish.packetId))
      return undefined
    }
    const decoded = this.#services.intake.decode(route, publish)
    if (decoded.bad.length === 0 && publish.qos < 2 && route.channel !== 'status') {
      this.#append(decoded.records, route, receivedAt, publish)
      return undefined
    }
    this.flush()
    const startedAt = performance.now()
    const answers = publish.qos === 0 ? [] : [publish.qos === 1 ? puback(publish.packetId) : pubrec(publish.packetId)]
    const batch: Batch = { answers, publishes: 1, bytes: 0, awaiting: 1 }
    // The reader's bytes are not ours to keep.
    const sent = { payload: Buffer.from(publish.payload), payloadBytes: publish.payloadBytes }
    batch.bytes = this.#services.intake.store(route, decoded, sent, receivedAt, 'message', () => {
      if (publish.qos === 2) this.#session.received.add(publish.packetId)
      if (route.channel === 'status' && decoded.bad.length === 0) {
        this.#services.intake.announce(route, sent, publish.retain)
      }
      this.#stored(batch, startedAt)
    })
    this.#await(batch)
    return undefined
  }

  /** PUBREL: the client knows that the packet has come, so its id is free again. */
  release(packetId: number): void {
    this.#session.received.delete(packetId)
    this.#answer(pubcomp(packetId))
  }

  /** Sends on what has been taken so far. To be called when no more is at hand. */
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

  #route(topic: string): Route | RefusedTopic {
    const { directory } = this.#services
    if (this.#routesVersion !== directory.version) {
      this.#routesVersion = directory.version
      this.#routes = new Map()
    }
    let route = this.#routes.get(topic)
    if (route === undefined) {
      route = directory.route(this.credential, topic)
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
