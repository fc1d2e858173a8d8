/** Tries before waiting begins: people mistype. */
const freeTries = 5
const longestWaitMs = 60_000
/** After so long without a try the count begins anew. */
const forgetAfterMs = 15 * 60_000
/** Most names and addresses remembered; a flood of invented names must not fill the memory. */
const mostKept = 10_000

interface Tries {
  count: number
  lastAt: number
}

/**
 * Slows down who guesses passwords: after five failed tries of one name from one address the sixth has to wait a
 * second, each further one twice as long, up to a minute. A try counts as failed until it is known to be good, so
 * that a thousand at once are no way around it.
 */
export class SignInBackOff {
  readonly #tries = new Map<string, Tries>()

  /**
   * Asks for a try now.
   * @param who name and address
   * @param now ms
   * @returns 0 where it may be made, else the seconds to wait; such a try is not made and does not count
   */
  ask(who: string, now: number): number {
    const known = this.#tries.get(who)
    const tries = known === undefined || now - known.lastAt > forgetAfterMs ? { count: 0, lastAt: now } : known
    const waitMs = tries.lastAt + pauseMs(tries.count) - now
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    this.#tries.delete(who)
    this.#tries.set(who, { count: tries.count + 1, lastAt: now })
    const oldest = this.#tries.keys().next()
    if (this.#tries.size > mostKept && !oldest.done) this.#tries.delete(oldest.value)
    return 0
  }

  /** The try was good: the count begins anew. */
  succeeded(who: string): void {
    this.#tries.delete(who)
  }
}

const pauseMs = (count: number): number =>
  count < freeTries ? 0 : Math.min(1_000 * 2 ** (count - freeTries), longestWaitMs)
