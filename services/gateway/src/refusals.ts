import type { Logger } from '@lifeline/service-kit'
import { count, type Tally } from './tally.ts'

/** Counts what is refused, and logs it at most once a minute for each reason and client: a flood must not log itself. */
export class Refusals {
  readonly #tally: Tally
  readonly #logger: Logger
  #recent = new Map<string, { reason: string; client: string; times: number }>()
  #timer: NodeJS.Timeout | undefined

  constructor(tally: Tally, logger: Logger) {
    this.#tally = tally
    this.#logger = logger
  }

  start(): void {
    this.#timer = setInterval(() => this.#report(), 60_000)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#report()
  }

  /** A frame that was not taken. */
  frame(reason: string, client: string): void {
    this.#tally.received++
    count(this.#tally.refused, reason)
    this.#note(reason, client)
  }

  /** A connection that was refused or ended by the gateway. */
  connection(reason: string, client: string): void {
    count(this.#tally.refusedConnections, reason)
    this.#note(reason, client)
  }

  #note(reason: string, client: string): void {
    const key = `${reason} ${client}`
    const seen = this.#recent.get(key)
    if (seen !== undefined) seen.times++
    else {
      this.#recent.set(key, { reason, client, times: 0 })
      this.#logger.warn({ reason, client }, 'refused')
    }
  }

  #report(): void {
    for (const { reason, client, times } of this.#recent.values()) {
      if (times > 0) this.#logger.warn({ reason, client, times }, 'refused again within the last minute')
    }
    this.#recent = new Map()
  }
}
