/** Most steps of one key that may stand in line. */
const longestLine = 100

/** Lets steps of the same key come one after the other, so that each knows how those before it ended. */
export class OneByOne {
  readonly #lines = new Map<string, { last: Promise<unknown>; length: number }>()

  /** @returns what the step returns; undefined where too many stand in line, and then it is not done */
  async run<T>(key: string, step: () => Promise<T>): Promise<T | undefined> {
    const line = this.#lines.get(key) ?? { last: Promise.resolve(), length: 0 }
    if (line.length >= longestLine) return undefined
    this.#lines.set(key, line)
    line.length++
    const turn = line.last.then(step)
    line.last = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      if (--line.length === 0) this.#lines.delete(key)
    }
  }
}
