/** Wrong sign-ins before waiting begins: people mistype, and a fleet behind one address may hold a few wrong devices. */
const free = { pair: 3, username: 10, address: 30 }
const firstPauseMs = 100
const longestPauseMs = 5_000
/** After so long without a wrong one the count begins anew. */
const forgetAfterMs = 15 * 60_000
/** Most names and addresses remembered; a flood of invented names must not fill the memory. */
const mostKept = 10_000

interface Guesses {
  count: number
  lastAt: number
  /** When the next answer is due at the earliest. */
  nextAt: number
}

/**
 * Slows down who guesses secrets: answers to wrong ones come one by one, ever slower, for each user name, each address,
 * and each name from an address. Who has the right one waits only where it was guessed at from the same address, so
 * that nobody can lock a device out from elsewhere.
 */
export class GuessBackOff {
  readonly #guesses = new Map<string, Guesses>()

  /**
   * Hears of a sign-in.
   * @param now ms
   * @returns ms until it may be answered
   */
  delay(address: string, username: string, good: boolean, now: number): number {
    const pair = `${address} ${username}`
    if (good) {
      const waitMs = (this.#guesses.get(pair)?.nextAt ?? now) - now
      this.#guesses.delete(pair)
      return Math.max(0, waitMs)
    }
    return Math.max(
      this.#wrong(pair, free.pair, now),
      this.#wrong(`user ${username}`, free.username, now),
      this.#wrong(`from ${address}`, free.address, now),
    )
  }

  #wrong(key: string, allowed: number, now: number): number {
    const known = this.#guesses.get(key)
    const before = known === undefined || now - known.lastAt > forgetAfterMs ? undefined : known
    const count = (before?.count ?? 0) + 1
    const pauseMs = count <= allowed ? 0 : Math.min(firstPauseMs * 2 ** (count - allowed - 1), longestPauseMs)
    const nextAt = Math.min(Math.max(before?.nextAt ?? now, now) + pauseMs, now + longestPauseMs)
    this.#guesses.delete(key)
    this.#guesses.set(key, { count, lastAt: now, nextAt })
    const oldest = this.#guesses.keys().next()
    if (this.#guesses.size > mostKept && !oldest.done) this.#guesses.delete(oldest.value)
    return nextAt - now
  }
}
