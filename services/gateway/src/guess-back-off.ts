export interface GuessLimits {
  /** Wrong sign-ins before waiting begins: of a user name from an address, of a user name, from an address. */
  readonly freePair: number
  readonly freeUser: number
  readonly freeAddress: number
  /** The first wait; each further one is twice as long, up to the longest. */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

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

  readonly #limits: GuessLimits

  constructor(limits: GuessLimits) {
    this.#limits = limits
  }

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
      this.#wrong(pair, this.#limits.freePair, now),
      this.#wrong(`user ${username}`, this.#limits.freeUser, now),
      this.#wrong(`from ${address}`, this.#limits.freeAddress, now),
    )
  }

  #wrong(key: string, allowed: number, now: number): number {
    const { firstPauseMs, longestPauseMs } = this.#limits
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
