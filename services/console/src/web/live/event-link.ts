/** How long after the link broke it is tried again, ms; the last one for every further time. */
const pauses = [500, 1_000, 2_000, 5_000, 10_000]

export interface EventLinkHandlers {
  /** The link stands; whatever happened before has to be read anew. */
  readonly onOpen: () => void
  /** The link broke and did not come back at once. A stream that merely ends, as each does in time, is no loss. */
  readonly onLost: () => void
  readonly onIncident: (data: string) => void
}

/** The stream of the desk's events, opened again for as long as it takes. */
export class EventLink {
  readonly #url: string
  readonly #handlers: EventLinkHandlers
  #source: EventSource | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #failures = 0

  constructor(url: string, handlers: EventLinkHandlers) {
    this.#url = url
    this.#handlers = handlers
  }

  start(): void {
    const source = new EventSource(this.#url)
    this.#source = source
    source.addEventListener('open', () => {
      this.#failures = 0
      this.#handlers.onOpen()
    })
    source.addEventListener('incident', (event: MessageEvent<string>) => this.#handlers.onIncident(event.data))
    // The browser's own retrying gives up where the answer is an error, as from a server that is being restarted.
    source.addEventListener('error', () => {
      source.close()
      if (this.#failures > 0) this.#handlers.onLost()
      const pause = pauses[Math.min(this.#failures, pauses.length - 1)]
      this.#failures += 1
      this.#retry = setTimeout(() => this.start(), pause)
    })
  }

  stop(): void {
    clearTimeout(this.#retry)
    this.#source?.close()
  }
}
