import type { SessionEnd } from '@lifeline/contracts'
import { type Session, sessionSeconds } from './session-token.ts'

/**
 * The sessions that count no more before their time: one whose user signed out, all of a user who was disabled, got
 * another role or a new password. Told by whoever mirrors the bucket `sessions`; keeps each for as long as a session
 * could last.
 */
export class EndedSessions {
  readonly #users = new Map<string, number>()
  readonly #tokens = new Map<string, number>()
  readonly #listeners = new Set<() => void>()

  add(end: SessionEnd): void {
    const oldest = Date.now() - 2 * sessionSeconds * 1000
    for (const known of [this.#users, this.#tokens]) {
      for (const [key, at] of known) if (at < oldest) known.delete(key)
    }
    if ('user' in end) this.#users.set(end.user, Math.max(end.at, this.#users.get(end.user) ?? 0))
    else this.#tokens.set(end.session, end.at)
    for (const listener of this.#listeners) listener()
  }

  has({ id, user, issuedAt }: Session): boolean {
    return this.#tokens.has(id) || issuedAt < (this.#users.get(user.name) ?? 0)
  }

  onEnd(listener: () => void): void {
    this.#listeners.add(listener)
  }
}
