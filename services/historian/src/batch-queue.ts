export interface BatchLimits {
  /** A batch goes at once when it holds that many lines, */
  readonly lines: number
  /** or that many entries, */
  readonly entries: number
  /** or when its first entry has waited that long. */
  readonly lingerMs: number
}

/** Gathers entries into batches for whoever takes them next: few large writes rather than many small ones. */
export class BatchQueue<T extends { readonly lineCount: number }> {
  readonly #limits: BatchLimits
  #entries: T[] = []
  #lines = 0
  #takers: ((batch: readonly T[]) => void)[] = []
  #timer: NodeJS.Timeout | undefined
  #overdue = false
  #closed = false

  constructor(limits: BatchLimits) {
    this.#limits = limits
  }

  add(entry: T): void {
    this.#entries.push(entry)
    this.#lines += entry.lineCount
    this.#timer ??= setTimeout(() => this.#onDue(), this.#limits.lingerMs)
    this.#serve()
  }

  /** The next batch as soon as it is due; an empty one once the queue is closed. */
  take(): Promise<readonly T[]> {
    if (this.#closed) return Promise.resolve([])
    return new Promise((resolve) => {
      this.#takers.push(resolve)
      this.#serve()
    })
  }

  /** No batches any more; what was not taken stays with whoever added it. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const taker of this.#takers.splice(0)) taker([])
  }

  #onDue(): void {
    this.#overdue = true
    this.#serve()
  }

  #serve(): void {
    while (this.#entries.length > 0 && this.#takers.length > 0 && (this.#overdue || this.#isFull())) {
      this.#takers.shift()?.(this.#cut())
    }
  }

  #isFull(): boolean {
    return this.#lines >= this.#limits.lines || this.#entries.length >= this.#limits.entries
  }

  #cut(): readonly T[] {
    let count = 0
    let lines = 0
    while (count < Math.min(this.#entries.length, this.#limits.entries) && lines < this.#limits.lines) {
      lines += this.#entries[count++]?.lineCount ?? 0
    }
    this.#lines -= lines
    const batch = this.#entries.splice(0, count)
    clearTimeout(this.#timer)
    this.#overdue = false
    this.#timer = this.#entries.length === 0 ? undefined : setTimeout(() => this.#onDue(), this.#limits.lingerMs)
    return batch
  }
}
