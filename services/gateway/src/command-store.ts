import { type KV, NatsError, retrying } from '@lifeline/bus'
import { type PendingCommand, pendingCommandSchema } from '@lifeline/contracts'

/** JetStream's word for: somebody wrote in between. */
const wrongLastSequence = 10_071

/** The bucket `commands`, to which the gateways add what has become of each. */
export class CommandStore {
  readonly #bucket: KV
  readonly #onRetry: (error: unknown) => void

  /** @param onRetry hears of each failed try; it is tried until it is done */
  constructor(bucket: KV, onRetry: (error: unknown) => void) {
    this.#bucket = bucket
    this.#onRetry = onRetry
  }

  /**
   * Changes a command, whoever else does so at the same time.
   * @param change of the command as it stands; undefined where nothing is to be changed
   */
  change(
    key: string,
    change: (command: PendingCommand) => PendingCommand | undefined,
  ): Promise<'changed' | 'unchanged' | 'gone'> {
    return retrying(() => this.#try(key, change), { onError: (error) => isRace(error) || this.#onRetry(error) })
  }

  async #try(key: string, change: (command: PendingCommand) => PendingCommand | undefined) {
    const entry = await this.#bucket.get(key)
    if (entry?.operation !== 'PUT') return 'gone'
    const changed = change(pendingCommandSchema.parse(entry.json()))
    if (changed === undefined) return 'unchanged'
    await this.#bucket.put(key, JSON.stringify(changed), { previousSeq: entry.revision })
    return 'changed'
  }
}

const isRace = (error: unknown): boolean =>
  error instanceof NatsError && error.api_error?.err_code === wrongLastSequence
