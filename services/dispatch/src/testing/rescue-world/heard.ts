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

  /** Hands over each thing as it comes, from now on. */
  each(take: (thing: T) => void): void {
    let next = this.all.length
    this.#waiting.add(() => {
      for (; next < this.all.length; next++) take(this.all[next] as T)
    })
  }

  /** The first that fits. */
  untilOne(fits: (thing: T) => boolean): Promise<T> {
    return this.until((all) => all.find(fits))
  }
}
