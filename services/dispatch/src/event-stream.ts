import type { ServerResponse } from 'node:http'
import { type Sight, sees } from './access.ts'
import type { ChangeFeed } from './change-feed.ts'
import { changedSince, type SeenCase } from './store/case-query.ts'
import type { Db } from './store/tables.ts'

const heartbeatMs = 15_000
/** A listener that has more than that unread is dropped: it comes back and catches up from the database. */
const maxUnreadBytes = 1 << 20
/** After that a listener has to come back, so that a session that ended meanwhile is noticed. */
const maxAgeMs = 3_600_000
const pageSize = 100

interface Listener {
  readonly response: ServerResponse
  readonly sight: Sight
  readonly since: number
  /** Change it was sent last. */
  sent: number
  /** Bytes unread at the last heartbeat. */
  unread: number
}

/** Server-sent events: `event: incident`, the case as data, its place in the order of changes as id. */
export class EventStream {
  readonly #db: Db
  readonly #feed: ChangeFeed
  readonly #all = new Set<Listener>()
  /** Those who have caught up; the rest is still reading what it missed. */
  readonly #live = new Set<Listener>()
  #heartbeat: NodeJS.Timeout | undefined
  #forget: (() => void) | undefined

  constructor(db: Db, feed: ChangeFeed) {
    this.#db = db
    this.#feed = feed
  }

  get listeners(): number {
    return this.#all.size
  }

  start(): void {
    this.#forget = this.#feed.listen((changed) => this.#tell(changed))
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
  }

  stop(): void {
    clearInterval(this.#heartbeat)
    this.#forget?.()
    for (const { response } of this.#all) response.end()
  }

  /**
   * Serves a listener until it leaves.
   * @param lastSeen change it saw last; it is sent what it missed since, else only what happens from now on
   */
  async serve(response: ServerResponse, sight: Sight, lastSeen: number | undefined): Promise<void> {
    const sent = lastSeen ?? this.#feed.told
    const listener: Listener = { response, sight, since: Date.now(), sent, unread: 0 }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    // The bare id lets a listener that leaves before the first change come back to where it was.
    response.write(`retry: 1000\nid: ${sent}\n\n`)
    this.#all.add(listener)
    response.once('close', () => {
      this.#all.delete(listener)
      this.#live.delete(listener)
    })
    while (listener.sent < this.#feed.told && !response.destroyed) await this.#catchUp(listener)
    if (!response.destroyed) this.#live.add(listener)
  }

  async #catchUp(listener: Listener): Promise<void> {
    const page = await changedSince(this.#db, listener.sent, pageSize)
    for (const changed of page) {
      if (sees(listener.sight, changed.rescue)) listener.response.write(eventOf(changed))
      listener.sent = changed.change
    }
    if (listener.response.writableNeedDrain) await drained(listener.response)
  }

  #tell(changed: SeenCase): void {
    const event = eventOf(changed)
    for (const listener of this.#live) {
      if (sees(listener.sight, changed.rescue)) listener.response.write(event)
      listener.sent = changed.change
      if (listener.response.writableLength > maxUnreadBytes) listener.response.destroy()
    }
  }

  #beat(): void {
    for (const listener of this.#all) {
      const { response, since, unread } = listener
      const stuck = unread > 0 && response.writableLength >= unread
      if (stuck) response.destroy()
      else if (Date.now() - since > maxAgeMs) response.end()
      else response.write(': still here\n\n')
      listener.unread = response.writableLength
    }
  }
}

const eventOf = ({ change, view }: SeenCase): string =>
  `id: ${change}\nevent: incident\ndata: ${JSON.stringify(view)}\n\n`

/** When the response can take more, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
