/** Things in the order in which they came, and a way to wait for one. */
export class Heard<T> {
  readonly all: T[] = []
  readonly #waiting = new Set<() => void>()

  add(thing: T): void {
    this.all.push(thing)
    for (const look of this.#waiting) look()
  }

  /** What `find` finds in all that was heard, as soon as it finds it. */
  until<F>(find: (all: readonly T[]) => F | undefined): Promise<F> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find(this.all)
        if (found === undefined) return
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** The first that fits. */
  untilOne(fits: (thing: T) => boolean): Promise<T> {
    return this.until((all) => all.find(fits))
  }
}
