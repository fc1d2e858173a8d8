import { setTimeout as delay } from 'node:timers/promises'
import { type Channel, type Frame, formatTopic, type Kind, parseTopic } from '@lifeline/contracts'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Logger } from 'pino'

/** A device as topics name it. */
export interface LinkedDevice {
  readonly deviceId: string
  readonly kind: Kind
}

export interface LinkOptions {
  readonly url: string
  /** A device's id, or a gateway's. */
  readonly clientId: string
  readonly username: string
  readonly password: string
  /** The device itself, or those behind the gateway. */
  readonly devices: readonly LinkedDevice[]
  readonly logger: Logger
}

/** Frames sent and what became of them, since the link was made. */
export interface LinkTally {
  readonly connected: boolean
  readonly published: number
  readonly acknowledged: number
  /** Notices on the error topics. */
  readonly refused: number
  /** Why it is not connected, as far as is known. */
  readonly problem?: string
}

const reconnectMs = 2_000
const closeMs = 2_000

/**
 * One MQTT 3.1.1 connection as a device or a site gateway has it: its own credentials, `online` retained for each
 * device, telemetry with QoS 1. While it is cut off it keeps what it has to send and tries again by itself. A device's
 * last will is `offline`; a connection has one will only, so a gateway's devices fall silent instead.
 */
export class DeviceLink {
  readonly #options: LinkOptions
  #client: MqttClient | undefined
  #published = 0
  #acknowledged = 0
  #refused = 0
  #problem: string | undefined

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** Connects, and again whenever the connection is lost, until `stop`. */
  start(): void {
    const { url, clientId, username, password, devices, logger } = this.#options
    const client = connect(url, {
      protocolVersion: 4,
      clientId,
      username,
      password,
      clean: true,
      keepalive: 30,
      connectTimeout: 10_000,
      reconnectPeriod: reconnectMs,
      reconnectOnConnackError: true,
      resubscribe: false,
      ...lastWill(this.#options),
    })
    client.on('connect', () => {
      this.#problem = undefined
      logger.debug({ client: clientId }, 'connected')
      for (const device of devices) this.#greet(client, device)
    })
    client.on('error', (error) => {
      this.#problem = `${clientId}: ${error.message}`
    })
    client.on('message', (topic, payload) => this.#hear(topic, payload.toString()))
    this.#client = client
  }

  /** Resolves once connected. @throws Error saying why it was refused, or that it took too long */
  async whenConnected(withinMs: number): Promise<void> {
    const { clientId } = this.#options
    const client = this.#client
    if (client === undefined) throw new Error(`the link of ${clientId} is not started`)
    if (client.connected) return
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${clientId} is not connected after ${withinMs} ms`)), withinMs)
      client.once('connect', () => resolve())
      client.once('error', reject)
      client.once('connect', () => clearTimeout(timer))
      client.once('error', () => clearTimeout(timer))
    })
  }

  get tally(): LinkTally {
    const connected = this.#client?.connected === true
    return {
      connected,
      published: this.#published,
      acknowledged: this.#acknowledged,
      refused: this.#refused,
      ...(connected || this.#problem === undefined ? {} : { problem: this.#problem }),
    }
  }

  /**
   * Sends a frame, or keeps it until it can. Resolves with the acknowledgement.
   * @throws Error where the link is not started, or is stopped before it is acknowledged
   */
  async send(device: LinkedDevice, frame: Frame): Promise<void> {
    if (this.#client === undefined) throw new Error(`the link of ${this.#options.clientId} is not started`)
    this.#published++
    await this.#client.publishAsync(topicOf(device, 'telemetry'), JSON.stringify(frame), { qos: 1 })
    this.#acknowledged++
  }

  /** Says `offline` for each device, waits a moment for what is under way, and closes; `start` opens it again. */
  async stop(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    if (client === undefined) return
    const farewell = this.#options.devices.map((device) =>
      client.connected
        ? client.publishAsync(topicOf(device, 'status'), 'offline', { qos: 1, retain: true })
        : Promise.reject(new Error('not connected')),
    )
    const tookLeave = Promise.all(farewell).then(
      () => true,
      () => false,
    )
    const inTime = await Promise.race([tookLeave, delay(closeMs, false, { ref: false })])
    await client.endAsync(!inTime)
  }

  #greet(client: MqttClient, device: LinkedDevice): void {
    const { logger } = this.#options
    const failed = (what: string) => (error: unknown) =>
      logger.warn({ device: device.deviceId, err: error }, `${what} was not acknowledged`)
    client
      .publishAsync(topicOf(device, 'status'), 'online', { qos: 1, retain: true })
      .catch(failed('the status online'))
    client
      .subscribeAsync([topicOf(device, 'error'), topicOf(device, 'command')], { qos: 1 })
      .catch(failed('the subscription'))
  }

  #hear(topic: string, text: string): void {
    const { logger } = this.#options
    const heard = parseTopic(topic)
    if (heard?.channel === 'error') {
      this.#refused++
      logger.warn({ device: heard.deviceId, notice: text }, 'the gateway could not take a payload')
    } else if (heard?.channel === 'command') {
      const announcement = announcementIn(text)
      if (announcement === undefined) logger.warn({ device: heard.deviceId, command: text }, 'an unknown command')
      else logger.info({ device: heard.deviceId, announcement }, 'announced to those in the car')
    }
  }
}

function lastWill({ clientId, devices }: LinkOptions): Pick<IClientOptions, 'will'> {
  const own = devices.find(({ deviceId }) => deviceId === clientId)
  if (own === undefined) return {}
  return { will: { topic: topicOf(own, 'status'), payload: Buffer.from('offline'), qos: 1, retain: true } }
}

function topicOf({ kind, deviceId }: LinkedDevice, channel: Channel): string {
  return formatTopic({ kind, deviceId, channel })
}

/** The arguments of an `announce` command; undefined for any other. */
function announcementIn(text: string): unknown {
  try {
    const command = JSON.parse(text) as { name?: unknown; args?: unknown } | null
    return command?.name === 'announce' ? (command.args ?? {}) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
