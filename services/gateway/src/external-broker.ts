import type { Logger } from '@lifeline/service-kit'
import { connect, type IPublishPacket, type MqttClient } from 'mqtt'
import { type Rights, rightsToAll } from './directory.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { Uplink, type UplinkServices } from './uplink.ts'

/** Messages that the broker may have sent and that are not stored yet. */
const receiveMaximum = 500
/** How long the broker keeps what has come while no gateway was there. */
const sessionSeconds = 7 * 24 * 3_600
/** MQTT 5 §3.8.3.1: what was retained has come before, when it was new. */
const neverRetained = 2
/** MQTT 5 §3.4.2.1. */
const noMatchingSubscribers = 0x10

export interface ExternalBrokerOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** Its session there; each gateway needs one of its own, and the same after a restart. */
  readonly clientId: string
  /** Gateways of one group share the messages; without one each has all. */
  readonly group?: string | undefined
  /** Filters of topics that devices publish on. */
  readonly topics: readonly string[]
}

export interface ExternalBrokerServices extends UplinkServices {
  readonly logger: Logger
  readonly refuseFrame: (reason: string, client: string) => void
  /** Told why it cannot be reached, and with undefined when it is. */
  readonly report: (reason: string | undefined) => void
}

/**
 * The gateway as a client of a broker that is there already: MQTT 5, and a PUBACK for what is in
 * the log and for nothing else, in the order in which it came. Who may publish on which topic is that broker's to say.
 */
export class ExternalBroker {
  readonly #options: ExternalBrokerOptions
  readonly #services: ExternalBrokerServices
  #client: MqttClient | undefined
  /** Of the connection as it is now: what an earlier one has not acknowledged comes again. */
  #uplink: Uplink | undefined
  #flushing = false
  /** Packet ids of what is being handed over, and of what nobody there has subscribed to. */
  readonly #handing = new Set<number>()
  readonly #unwanted = new Set<number>()

  constructor(options: ExternalBrokerOptions, services: ExternalBrokerServices) {
    this.#options = options
    this.#services = services
  }

  /** Goes on trying until it is connected, and whenever it is not any more. */
  start(): void {
    const { url, username, password, clientId, group, topics } = this.#options
    const { logger, report } = this.#services
    report('not connected to the external broker yet')
    const client = connect(url, {
      protocolVersion: 5,
      clientId,
      clean: false,
      resubscribe: false,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      properties: { sessionExpiryInterval: sessionSeconds, receiveMaximum },
    })
    this.#client = client
    // The client acknowledges what this calls back for without an error; what is not stored yet is none of it.
    const later = new Error('acknowledged when it is stored')
    client.handleMessage = (packet, done) => {
      this.#take(packet)
      done(packet.qos === 0 ? undefined : later)
    }
    client.on('connect', () => {
      this.#begin(client)
      // Debian's Mosquitto forgets shared subscriptions when it starts anew, and with them what comes until it is reached.
      const filters = group === undefined ? [...topics] : topics.map((topic) => `$share/${group}/${topic}`)
      client.subscribe(filters, { qos: 1, rh: neverRetained }, (error) => {
        report(error ? `the external broker refuses a subscription: ${error.message}` : undefined)
      })
    })
    client.on('packetreceive', (packet) => {
      if (packet.cmd !== 'puback' || packet.reasonCode !== noMatchingSubscribers) return
      if (this.#handing.has(packet.messageId ?? 0)) this.#unwanted.add(packet.messageId ?? 0)
    })
    client.on('close', () => {
      this.#uplink = undefined
      // The client would send them again at any time later.
      for (const packetId of this.#handing) client.removeOutgoingMessage(packetId)
      report('not connected to the external broker')
    })
    client.on('error', (error) => logger.warn({ err: error }, 'external broker'))
  }

  /** Sends a message down to a device that is connected there. */
  publish(topic: string, payload: string | Buffer): void {
    if (this.#client?.connected !== true) return
    this.#client.publish(topic, payload, { qos: 1 }, (error) => {
      if (error) this.#services.logger.warn({ err: error, topic }, 'not sent down through the external broker')
    })
  }

  /**
   * Hands the broker a message that it is to forget after so many seconds.
   * @returns whether anybody there has subscribed to it; false also while the broker is away
   * @throws Error where the broker went before it said so
   */
  hand(topic: string, payload: string, seconds: number): Promise<boolean> {
    const client = this.#client
    if (client?.connected !== true) return Promise.resolve(false)
    return new Promise((resolve, reject) => {
      const properties = { messageExpiryInterval: seconds }
      client.publish(topic, payload, { qos: 1, properties }, (error) => {
        this.#handing.delete(packetId)
        const unwanted = this.#unwanted.delete(packetId)
        if (error) reject(error)
        else resolve(!unwanted)
      })
      const packetId = client.getLastMessageId()
      this.#handing.add(packetId)
    })
  }

  /** Takes nothing more; what was taken may still be acknowledged. */
  hold(): void {
    this.#uplink?.flush()
    if (this.#client !== undefined) this.#client.handleMessage = (_packet, done) => done(new Error('stopping'))
  }

  async stop(): Promise<void> {
    await this.#client?.endAsync(true)
  }

  #begin(client: MqttClient): void {
    const rights: Rights = rightsToAll(this.#options.clientId)
    const uplink: Uplink = new Uplink(
      () => rights,
      { received: new Set(), nextPacketId: 1 },
      this.#services,
      (answers) => {
        // A PUBACK without a reason code is the same in MQTT 5 (§3.4.2.1).
        if (this.#uplink === uplink) client.stream.write(answers)
      },
      () => undefined,
    )
    this.#uplink = uplink
  }

  #take({ topic, payload, qos, retain, messageId = 0 }: IPublishPacket): void {
    const uplink = this.#uplink
    if (uplink === undefined) return
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
    const name = Buffer.from(topic).toString('latin1')
    const publish = { qos, retain, packetId: messageId, topic: name, payload: bytes, payloadBytes: bytes.length }
    const refused = uplink.publish(publish, Date.now())
    if (refused !== undefined) {
      this.#services.refuseFrame(refused, 'external broker')
      // Else it would come again for ever.
      if (qos > 0) uplink.acknowledge(messageId)
    }
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      this.#uplink?.flush()
    })
  }
}

/** The external broker that the environment names, if any. Not started. */
export function externalBroker(config: GatewayConfig, services: ExternalBrokerServices): ExternalBroker | undefined {
  if (config.EXTERNAL_MQTT_URL === undefined) return undefined
  const options: ExternalBrokerOptions = {
    url: config.EXTERNAL_MQTT_URL,
    username: config.EXTERNAL_MQTT_USERNAME,
    password: config.EXTERNAL_MQTT_PASSWORD,
    clientId: config.EXTERNAL_MQTT_CLIENT_ID,
    group: config.EXTERNAL_MQTT_GROUP,
    topics: config.EXTERNAL_MQTT_TOPICS.split(',').map((topic) => topic.trim()),
  }
  return new ExternalBroker(options, services)
}
