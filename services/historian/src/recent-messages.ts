import type { JsMsg } from '@lifeline/bus'

type Position = Pick<JsMsg, 'seq' | 'info'>

/**
 * Remembers the last messages added, at least `size` and at most twice as many of them. Known by their time in the
 * stream as well as by their sequence, which begins anew where the stream was made anew.
 */
export class RecentMessages {
  readonly #size: number
  #young = new Map<number, number>()
  #old: ReadonlyMap<number, number> = new Map()

  constructor(size: number) {
    this.#size = size
  }

  add({ seq, info }: Position): void {
    this.#young.set(seq, info.timestampNanos)
    if (this.#young.size < this.#size) return
    this.#old = this.#young
    this.#young = new Map()
  }

  has({ seq, info }: Position): boolean {
    return (this.#young.get(seq) ?? this.#old.get(seq)) === info.timestampNanos
  }
}
