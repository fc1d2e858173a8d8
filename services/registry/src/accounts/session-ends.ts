import { type Bus, mirrorBucket, openBucket, retrying } from '@lifeline/bus'
import { buckets, type SessionEnd, sessionEndKeptMs } from '@lifeline/contracts'
import type { EndedSessions } from '@lifeline/service-kit'
import type { RegistryDb } from '../database/registry-db.ts'

const keyOf = (end: SessionEnd): string =>
  'user' in end ? `user.${Buffer.from(end.user).toString('base64url')}` : `session.${end.session}`

/** Tells every service, this one too, which sessions count no more. */
export class SessionEnds {
  readonly #db: RegistryDb
  readonly #bus: Bus
  readonly #ended: EndedSessions
  readonly #ending = new AbortController()

  constructor(db: RegistryDb, bus: Bus, ended: EndedSessions) {
    this.#db = db
    this.#bus = bus
    this.#ended = ended
  }

  /** Follows what other registries tell, and tells again what a kill may have kept from being told. */
  async start(): Promise<void> {
    const { signal } = this.#ending
    await mirrorBucket<SessionEnd>(this.#bus, buckets.sessions, (_key, end) => end && this.#ended.add(end), signal)
    const since = Date.now() - sessionEndKeptMs
    const rows = await this.#db
      .selectFrom('users')
      .select(['name', 'sessions_from'])
      .where('sessions_from', '>', since)
      .execute()
    for (const { name, sessions_from } of rows) await this.tell({ user: name, at: Number(sessions_from) })
  }

  stop(): void {
    this.#ending.abort()
  }

  /** Resolves when NATS has it: from then on every service is about to know. Here it counts at once. */
  async tell(end: SessionEnd): Promise<void> {
    this.#ended.add(end)
    const bucket = await openBucket(this.#bus, buckets.sessions)
    await retrying(() => bucket.put(keyOf(end), JSON.stringify(end)), { signal: this.#ending.signal })
  }
}
