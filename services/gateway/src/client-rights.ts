import type { Connect, ReturnCode } from './connect-packet.ts'
import type { Peer } from './peer.ts'
import type { Publish } from './publish-packet.ts'

/** What outlives a connection of a client with a persistent session. */
export interface Session {
  /** Packet ids of QoS 2 that are taken and not released yet ([MQTT-4.3.3-2]). */
  readonly received: Set<number>
  /** Packet id of the next message down to the client; those before it may still be on their way. */
  nextPacketId: number
  /** Packet ids of commands that went down and were not acknowledged, by the command's id. */
  unanswered?: Map<string, number>
}

/** The way up of one client: takes its PUBLISHes and answers them in the order in which they came. */
export interface ClientUplink {
  /** PUBLISHes that are not answered. */
  readonly publishes: number
  /** Bytes that wait to be stored. */
  readonly bytes: number
  /**
   * Milliseconds until more may be read because of what was taken since this was asked last: who sends too fast waits.
   * @param now monotonic ms
   */
  waitMs(now: number): number
  /** Takes a PUBLISH; returns why not where it may not be. */
  publish(publish: Publish, receivedAt: number): string | undefined
  /** PUBREL: the client knows that the packet has come, so its id is free again. */
  release(packetId: number): void
  /** Sends on what has been taken so far. To be called when no more is at hand. */
  flush(): void
}

/** Who a client is and what it may do, from its CONNECT to the end of its connection. */
export interface ClientRights {
  readonly clientId: string
  /** For logs. */
  readonly name: string
  /** False once the registry has changed its mind about this client. */
  readonly valid: boolean
  maySubscribe(filter: string): boolean
  mayReceive(topic: string): boolean
  /** Has its last will stored; calls `stored` then, or with an error where it may not be. */
  takeWill(topic: string, payload: Buffer, stored: (error?: Error) => void): void
  /**
   * @param write sends answers to the client
   * @param settled called whenever PUBLISHes have been stored and answered
   */
  uplink(session: Session, write: (answers: Buffer) => void, settled: () => void): ClientUplink
}

/** Why a client is not let in: as CONNACK says it, and as a label of metrics. */
export interface Refusal {
  readonly returnCode: ReturnCode
  readonly reason: string
}

/** Decides about a CONNECT. */
export type Admit = (connect: Connect, peer: Peer) => ClientRights | Refusal
