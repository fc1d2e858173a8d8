import { type RescueCase, rescueCaseSchema } from '@lifeline/contracts'

export interface Seen {
  readonly id: number
  readonly incident: RescueCase
  /** When it came here, ms. */
  readonly at: number
}

/** Listens to the desk's event stream and keeps what it hears. */
export class EventReader {
  readonly seen: Seen[] = []
  /** The newest id the stream gave, with an event or bare. */
  lastId = ''
  readonly #abort = new AbortController()
  readonly #waiting = new Set<() => void>()
  #failure: unknown

  /** Resolves when the stream stands, so that nothing after it is missed. */
  async open(url: string, headers: Record<string, string>): Promise<void> {
    const response = await fetch(url, { headers, signal: this.#abort.signal })
    if (response.body === null || !response.ok) throw new Error(`${url}: ${response.status}`)
    const stands = this.until(() => (this.lastId === '' ? undefined : true))
    this.#read(response.body).catch((error: unknown) => {
      this.#failure = error
      this.#wake()
    })
    await stands
  }

  close(): void {
    this.#abort.abort()
  }

  /** What `find` finds in all that was heard, as soon as it finds it. @throws what ended the stream before */
  until<T>(find: (seen: readonly Seen[]) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find(this.seen)
        if (found === undefined && this.#failure === undefined) return
        this.#waiting.delete(look)
        if (found === undefined) reject(this.#failure)
        else resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** The first state of a case that fits. */
  untilCase(fits: (incident: RescueCase) => boolean): Promise<RescueCase> {
    return this.until((seen) => seen.find(({ incident }) => fits(incident))?.incident)
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of body) {
      rest += decoder.decode(chunk, { stream: true })
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) this.#take(block)
      this.#wake()
    }
    throw new Error('the stream has ended')
  }

  #take(block: string): void {
    const field = (name: string) =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    this.lastId = field('id') ?? this.lastId
    const data = field('data')
    if (data === undefined) return
    if (field('event') !== 'incident') throw new Error(`unexpected event: ${block}`)
    this.seen.push({ id: Number(this.lastId), incident: rescueCaseSchema.parse(JSON.parse(data)), at: Date.now() })
  }

  #wake(): void {
    for (const look of this.#waiting) look()
  }
}
