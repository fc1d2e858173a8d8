/** How much of all connections together waits to be stored; says when there is room again. */
export class Pressure {
  readonly #maxBytes: number
  readonly #waiting = new Set<() => void>()
  readonly #emptied: (() => void)[] = []
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get full(): boolean {
    return this.#bytes >= this.#maxBytes
  }

  add(bytes: number): void {
    this.#bytes += bytes
  }

  /** Tells those who wait once half of the room is free, so that they do not stop again at once. */
  release(bytes: number): void {
    this.#bytes -= bytes
    if (this.#bytes === 0) for (const resolve of this.#emptied.splice(0)) resolve()
    if (this.#waiting.size === 0 || this.#bytes > this.#maxBytes / 2) return
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const resume of waiting) resume()
  }

  /** Calls `resume` once when there is room again. */
  wait(resume: () => void): void {
    this.#waiting.add(resume)
  }

  /** Resolves when nothing waits to be stored. */
  empty(): Promise<void> {
    if (this.#bytes === 0) return Promise.resolve()
    return new Promise((resolve) => this.#emptied.push(resolve))
  }

  forget(resume: () => void): void {
    this.#waiting.delete(resume)
  }
}
