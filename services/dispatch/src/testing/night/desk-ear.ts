import type { RescueCase } from '@lifeline/contracts'
import type { DeskWorld } from '../desk-world.ts'
import { EventReader } from '../event-reader.ts'

const retryMs = 100

/** What was seen of one case while it went on. */
export interface SeenCase {
  /** As it was seen last. */
  view: RescueCase
  /** When each entry of its timeline was first seen, ms. */
  readonly seenAt: number[]
  /** The deadlines that were shown, all but that of the call-back, ms. */
  readonly shown: Set<number>
}

/** Listens to both desks' streams, as consoles do: comes back after a kill to where it was. */
export class DeskEar {
  readonly cases = new Map<string, SeenCase>()
  /** What a timeline once said and says no more. */
  readonly rewritten: string[] = []
  readonly #world: DeskWorld
  readonly #onChange: (view: RescueCase) => void
  readonly #ending = new AbortController()
  readonly #readers = new Set<EventReader>()

  constructor(world: DeskWorld, onChange: (view: RescueCase) => void) {
    this.#world = world
    this.#onChange = onChange
  }

  /** Resolves when the desk at `url` is listened to. */
  start(url: string): Promise<void> {
    return new Promise((resolve) => void this.#listen(url, resolve))
  }

  stop(): void {
    this.#ending.abort()
    for (const reader of this.#readers) reader.close()
  }

  async #listen(url: string, onOpen: () => void): Promise<void> {
    let lastId: string | undefined
    while (!this.#ending.signal.aborted) {
      const reader = new EventReader()
      this.#readers.add(reader)
      let heard = 0
      try {
        const back = lastId === undefined ? {} : { 'last-event-id': lastId }
        await reader.open(`${url}/api/v1/stream`, { ...this.#world.headers('dispatcher'), ...back })
        onOpen()
        await reader.until((all) => {
          for (; heard < all.length; heard++) this.#take(all[heard]?.incident as RescueCase)
          return undefined
        })
      } catch {
        // The desk was killed.
        lastId = reader.lastId === '' ? lastId : reader.lastId
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
      reader.close()
      this.#readers.delete(reader)
    }
  }

  #take(view: RescueCase): void {
    const known = this.cases.get(view.id)
    const seen: SeenCase = known ?? { view, seenAt: [], shown: new Set() }
    this.cases.set(view.id, seen)
    const before = seen.view.timeline
    const common = Math.min(before.length, view.timeline.length)
    if (JSON.stringify(before.slice(0, common)) !== JSON.stringify(view.timeline.slice(0, common))) {
      this.rewritten.push(`${view.id}: ${JSON.stringify(before)} became ${JSON.stringify(view.timeline)}`)
    }
    const { acceptBy, arriveBy, ackBy } = view.deadlines
    for (const by of [acceptBy, arriveBy, ackBy]) if (by !== undefined) seen.shown.add(by)
    // The other desk told more already.
    if (view.timeline.length < before.length) return
    for (let n = seen.seenAt.length; n < view.timeline.length; n++) seen.seenAt.push(Date.now())
    seen.view = view
    this.#onChange(view)
  }
}
