/** Remembers the last numbers added, at least `size` and at most twice as many of them. */
export class RecentSequences {
  readonly #size: number
  #young = new Set<number>()
  #old = new Set<number>()

  constructor(size: number) {
    this.#size = size
  }

  add(sequence: number): void {
    this.#young.add(sequence)
    if (this.#young.size < this.#size) return
    this.#old = this.#young
    this.#young = new Set()
  }

  has(sequence: number): boolean {
    return this.#young.has(sequence) || this.#old.has(sequence)
  }
}
