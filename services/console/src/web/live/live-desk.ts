import type { RescueCase, Unit } from '@lifeline/contracts'
import type { ApiClient } from '../api/api-client.ts'
import { type CaseBook, takeCases, takeOpenList } from './case-book.ts'
import { EventLink } from './event-link.ts'
import type { ServerClock } from './server-clock.ts'

/**
 * So long after the last event everything is read anew although the stream stands: a dead line can look like one on
 * which nothing happens. While events come it does not, and in a storm a few hundred screens that read every open case
 * over and over would keep the news waiting.
 */
const refreshMs = 15_000

export interface DeskView {
  readonly cases: CaseBook
  readonly units: ReadonlyMap<string, Unit>
  readonly link: 'connecting' | 'live' | 'lost'
  /** Server time, ms, when the screen was last known to be right. */
  readonly heardAt: number
  /** The open cases have been read at least once. */
  readonly ready: boolean
}

/** What the desk's server knows, kept up to date on this screen. */
export class LiveDesk {
  readonly #api: ApiClient
  readonly #clock: ServerClock
  readonly #listeners = new Set<() => void>()
  readonly #events: EventLink
  #timer: ReturnType<typeof setInterval> | undefined
  #streaming = false
  #view: DeskView

  constructor(api: ApiClient, clock: ServerClock) {
    this.#api = api
    this.#clock = clock
    this.#view = { cases: new Map(), units: new Map(), link: 'connecting', heardAt: clock.now(), ready: false }
    this.#events = new EventLink('/api/v1/stream', {
      onOpen: () => {
        this.#streaming = true
        void this.refresh()
      },
      onLost: () => {
        this.#streaming = false
        this.#show({ link: 'lost' })
        // Says whether it is the line or the session that has ended.
        void this.refresh()
      },
      onIncident: (data) => {
        const { cases } = this.#view
        this.#awaitSilence()
        this.#show({ cases: takeCases(cases, [JSON.parse(data) as RescueCase]), heardAt: this.#clock.now() })
      },
    })
  }

  start(): void {
    this.#events.start()
    this.#awaitSilence()
    void this.refresh()
  }

  #awaitSilence(): void {
    clearInterval(this.#timer)
    // Not all screens at once after the same event.
    this.#timer = setInterval(() => void this.refresh(), refreshMs * (1 + Math.random()))
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#events.stop()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): DeskView => this.#view

  /** What an answer of the server says of a case. */
  take(rescue: RescueCase): void {
    this.#show({ cases: takeCases(this.#view.cases, [rescue]) })
  }

  /** Reads everything open. It does not reject: a link that fails is part of what is shown. */
  async refresh(): Promise<void> {
    void this.#readUnits()
    const before = this.#view.cases
    try {
      const open = await this.#allOpen()
      this.#show({
        cases: takeOpenList(this.#view.cases, before, open),
        link: this.#streaming ? 'live' : this.#view.link,
        heardAt: this.#clock.now(),
        ready: true,
      })
    } catch (error) {
      console.warn('the open cases cannot be read', error)
      this.#show({ link: 'lost' })
    }
  }

  /** Without the units a case still shows who has it, by id: no reason to call the screen out of date. */
  async #readUnits(): Promise<void> {
    try {
      const units = await this.#api.units()
      this.#show({ units: new Map(units.map((unit) => [unit.id, unit])) })
    } catch (error) {
      console.warn('the units cannot be read', error)
    }
  }

  /** Reads a page of closed cases into the book; the cursor of the next one. */
  async readClosed(cursor?: string): Promise<string | undefined> {
    const { items, nextCursor } = await this.#api.incidents('closed', cursor)
    this.#show({ cases: takeCases(this.#view.cases, items) })
    return nextCursor
  }

  async #allOpen(): Promise<readonly RescueCase[]> {
    const all: RescueCase[] = []
    let cursor: string | undefined
    do {
      const page = await this.#api.incidents('open', cursor)
      all.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return all
  }

  #show(change: Partial<DeskView>): void {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}
