import { changeCount, changedSince, type SeenCase } from './store/case-query.ts'
import type { Db } from './store/tables.ts'

/** Most cases read at once. */
const pageSize = 200

/**
 * Tells everybody here of each change at the desk in the order in which they were committed, whichever process made
 * it. A case that changed several times since the last look is told once, as it is now.
 */
export class ChangeFeed {
  readonly #db: Db
  readonly #listeners = new Set<(changed: SeenCase) => void>()
  #told = 0
  #reading: Promise<void> | undefined
  #again = false

  constructor(db: Db) {
    this.#db = db
  }

  /** The change told last. */
  get told(): number {
    return this.#told
  }

  /** Changes made before are not told. */
  async start(): Promise<void> {
    this.#told = await changeCount(this.#db)
  }

  /** @returns ends the listening */
  listen(listener: (changed: SeenCase) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells what was committed until now. Calls that come while it reads are served by one more look. */
  look(): Promise<void> {
    this.#again = true
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const page = await changedSince(this.#db, this.#told, pageSize)
      for (const changed of page) {
        this.#told = changed.change
        for (const listener of this.#listeners) listener(changed)
      }
      if (page.length === pageSize) this.#again = true
    }
  }
}
