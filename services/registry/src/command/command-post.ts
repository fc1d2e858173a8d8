import { setTimeout as delay } from 'node:timers/promises'
import { type Bus, type KV, mirrorBucket, NatsError, openBucket, retrying } from '@lifeline/bus'
import { buckets, commandKey, type PendingCommand, pendingCommandSchema } from '@lifeline/contracts'
import type { RegistryDb } from '../database/registry-db.ts'
import { type CommandRow, keepFacts, waitingCommands } from './commands.ts'

/** How long a caller waits to hear that its command is on its way; later it will be all the same. */
const patienceMs = 2_000
/** JetStream's word for: it is there already. */
const wrongLastSequence = 10_071

/**
 * The way between the database and the bucket `commands`, from which the gateways bring commands to devices and into
 * which they write what has become of them. A command is put there once and never written again from here: what a
 * SIGKILL cut off is made up for at the start, and what a gateway has written in the meantime stands.
 */
export class CommandPost {
  readonly #db: RegistryDb
  readonly #bus: Bus
  readonly #onError: (error: unknown) => void
  readonly #ending = new AbortController()
  #bucket: KV | undefined
  #last: Promise<void> = Promise.resolve()

  /** @param onError hears of each failed try */
  constructor(db: RegistryDb, bus: Bus, onError: (error: unknown) => void) {
    this.#db = db
    this.#bus = bus
    this.#onError = onError
  }

  /** Resolves when what has become of all commands is known, and all that wait are on their way. */
  async start(): Promise<void> {
    const { signal } = this.#ending
    this.#bucket = await openBucket(this.#bus, buckets.commands)
    await mirrorBucket<unknown>(this.#bus, buckets.commands, (key, value) => this.#heard(key, value), signal)
    await this.#last
    for (const command of await waitingCommands(this.#db, Date.now())) await this.#put(command)
  }

  stop(): void {
    this.#ending.abort()
  }

  /** Resolves when the command is on its way, or after two seconds. */
  async send(command: CommandRow): Promise<void> {
    await Promise.race([this.#put(command), delay(patienceMs, undefined, { ref: false })])
  }

  async #put(row: CommandRow): Promise<void> {
    const { id, device_id: deviceId, kind, name, args } = row
    const expiresAt = Number(row.expires_at)
    const command: PendingCommand = { id, kind, deviceId, name, args, expiresAt }
    const create = () => this.#bucket?.create(commandKey(deviceId, id), JSON.stringify(command))
    const giveUp = (error: unknown): boolean => isThere(error) || Date.now() >= expiresAt
    try {
      await retrying(async () => create(), { giveUp, onError: this.#onError, signal: this.#ending.signal })
    } catch (error) {
      if (!giveUp(error) && !this.#ending.signal.aborted) throw error
    }
  }

  #heard(key: string, value: unknown): void {
    if (value === undefined) return
    const { data: command, error } = pendingCommandSchema.safeParse(value)
    if (command === undefined) {
      this.#onError(new TypeError(`bucket ${buckets.commands}, key ${key}: not as the contracts say`, { cause: error }))
      return
    }
    const { signal } = this.#ending
    this.#last = this.#last
      .then(() => retrying(() => keepFacts(this.#db, command), { signal, onError: this.#onError }))
      .catch((failure: unknown) => {
        if (!signal.aborted) throw failure
      })
  }
}

const isThere = (error: unknown): boolean =>
  error instanceof NatsError && error.api_error?.err_code === wrongLastSequence
