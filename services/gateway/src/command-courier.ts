import { type Bus, mirrorBucket } from '@lifeline/bus'
import { buckets, commandKey, pendingCommandSchema } from '@lifeline/contracts'
import { Gauge, type Logger, type Registry } from '@lifeline/service-kit'
import type { Client } from 'aedes'
import type { CommandStore } from './command-store.ts'
import { CommandSubscriber } from './command-subscriber.ts'
import type { DownLink } from './down-link.ts'
import { type OpenCommand, OpenCommands } from './open-commands.ts'

/** How often what has expired is forgotten, and what no client here wants is offered to the external broker. */
const roundMs = 2_000

/**
 * Hands a message to a broker between, which is to forget it after so many seconds; resolves whether anybody had
 * subscribed to it there, and rejects where that is not known.
 */
export type HandOver = (topic: string, payload: string, seconds: number) => Promise<boolean>

/**
 * Brings commands to devices: at once to who is there, to the others when they come, to nobody after their time. With
 * QoS 1 a command goes to one client until that one has acknowledged it or is gone. Where nobody acknowledges (QoS 0, a
 * broker between) it is marked before it is sent, so that it goes down once at most.
 */
export class CommandCourier {
  readonly #store: CommandStore
  readonly #handOver: HandOver | undefined
  readonly #logger: Logger
  readonly #open = new OpenCommands()
  readonly #subscribers = new Map<string, Set<CommandSubscriber>>()
  readonly #byLink = new WeakMap<DownLink, CommandSubscriber>()
  #timer: NodeJS.Timeout | undefined

  constructor(store: CommandStore, handOver: HandOver | undefined, logger: Logger) {
    this.#store = store
    this.#handOver = handOver
    this.#logger = logger
  }

  /** Shows how many commands wait. */
  expose(registry: Registry): void {
    const open = this.#open
    new Gauge({
      name: 'lifeline_open_commands',
      help: 'Commands that no device has acknowledged.',
      registers: [registry],
      collect() {
        this.set(open.count)
      },
    })
  }

  /** Follows the bucket until `signal` aborts; resolves when all that stood there is known. */
  async start(bus: Bus, signal: AbortSignal): Promise<void> {
    await mirrorBucket<unknown>(bus, buckets.commands, (key, value) => this.#heard(key, value), signal)
    this.#timer = setInterval(() => this.#round(), roundMs)
    signal.addEventListener('abort', () => clearInterval(this.#timer), { once: true })
  }

  /** Takes a client with its subscriptions as they are now. */
  subscribed(link: DownLink, client: Client): void {
    const subscriber = this.#byLink.get(link) ?? new CommandSubscriber(link, client)
    const { devices, known } = subscriber
    if (devices.length === 0) return
    if (known.size === 0) {
      this.#byLink.set(link, subscriber)
      subscriber.whenGone(() => this.#gone(subscriber))
    }
    subscriber.keepOnly((id) => devices.some((deviceId) => this.#open.has(deviceId, id)))
    for (const deviceId of devices) {
      known.add(deviceId)
      this.#subscribers.set(deviceId, (this.#subscribers.get(deviceId) ?? new Set()).add(subscriber))
      // After the SUBACK: before it is allowed too (MQTT 3.1.1 §3.8.4), but simple clients wait for that first.
      if (this.#open.of(deviceId).length > 0) setImmediate(() => this.#deliver(deviceId))
    }
  }

  /** What it has not acknowledged goes to the next. */
  #gone(subscriber: CommandSubscriber): void {
    for (const deviceId of subscriber.known) {
      const left = this.#subscribers.get(deviceId)
      left?.delete(subscriber)
      if (left?.size === 0) this.#subscribers.delete(deviceId)
      for (const open of this.#open.of(deviceId)) if (open.under === subscriber) open.under = undefined
      this.#deliver(deviceId)
    }
  }

  #heard(key: string, value: unknown): void {
    const [deviceId = '', id = ''] = key.split('.')
    const { data: command, error } = pendingCommandSchema.safeParse(value)
    if (value !== undefined && error !== undefined) {
      this.#logger.error({ err: error, key }, 'not as the contracts say: it is not sent')
    }
    const { handedAt, deliveredAt, answer, expiresAt } = command ?? { expiresAt: 0 }
    const settled = handedAt ?? deliveredAt ?? answer?.at
    if (command === undefined || settled !== undefined || Date.now() >= expiresAt) this.#open.remove(deviceId, id)
    else {
      this.#open.add(command)
      this.#deliver(deviceId)
    }
  }

  #deliver(deviceId: string): void {
    for (const open of this.#open.of(deviceId)) {
      if (open.under !== undefined || Date.now() >= open.command.expiresAt) continue
      const subscriber = this.#subscriberOf(deviceId, open.topic)
      if (subscriber === undefined) continue
      open.under = subscriber
      if (subscriber.qosOf(open.topic) === 1) this.#send(subscriber, open)
      else void this.#sendOnce(open, async (payload) => subscriber.sendOnce(open.topic, payload))
    }
  }

  /** The device itself before a gateway that stands for it. */
  #subscriberOf(deviceId: string, topic: string): CommandSubscriber | undefined {
    const able = [...(this.#subscribers.get(deviceId) ?? [])].filter((it) => it.qosOf(topic) !== undefined)
    return able.find(({ clientId }) => clientId === deviceId) ?? able[0]
  }

  #send(subscriber: CommandSubscriber, open: OpenCommand): void {
    const { deviceId, id } = open.command
    subscriber.send(id, open.topic, open.payload(Date.now()), () => {
      open.under = 'done'
      void this.#mark(commandKey(deviceId, id), { deliveredAt: Date.now() })
    })
  }

  /** Marks a command, sends it, and takes the mark back where it turns out that nobody can have it. */
  async #sendOnce(open: OpenCommand, send: (payload: string) => Promise<boolean>): Promise<void> {
    const { deviceId, id, expiresAt } = open.command
    const key = commandKey(deviceId, id)
    const handedAt = Date.now()
    if ((await this.#mark(key, { handedAt })) !== 'changed') return
    try {
      if (Date.now() < expiresAt && (await send(open.payload(Date.now())))) return
    } catch (error) {
      this.#logger.warn({ err: error, topic: open.topic }, 'a command is not handed over, and will be tried again')
    }
    await this.#store.change(key, ({ handedAt: _, ...command }) => command)
  }

  #mark(key: string, facts: { readonly handedAt: number } | { readonly deliveredAt: number }) {
    return this.#store.change(key, (command) =>
      command.deliveredAt === undefined && ('deliveredAt' in facts || command.handedAt === undefined)
        ? { ...command, ...facts }
        : undefined,
    )
  }

  #round(): void {
    const now = Date.now()
    this.#open.expire(now)
    const handOver = this.#handOver
    if (handOver === undefined) return
    for (const deviceId of this.#open.devices) {
      for (const open of this.#open.of(deviceId)) {
        // The broker between counts whole seconds.
        const seconds = Math.floor((open.command.expiresAt - now) / 1_000)
        if (open.under !== undefined || seconds === 0) continue
        open.under = handOver
        void this.#sendOnce(open, (payload) => handOver(open.topic, payload, seconds))
      }
    }
  }
}
