import { setTimeout as delay } from 'node:timers/promises'
import type { KV } from 'nats'
import { mirrorBucket, openBucket } from './bucket.ts'
import type { Bus } from './connect-bus.ts'
import { retrying } from './retrying.ts'

/** Between two beats, ms. */
const beatMs = 500
/** A member of which nothing came while so many rounds of our own beats came back is gone: 2 s at least, some 3 at most. */
const missedLimit = 5
/** A beat counts for so long for the one that sent it: less than the others wait, ms. */
const sureMs = 1_800

/** One life of a member: a process from its start to its end. */
export interface Life {
  readonly name: string
  readonly life: string
}

interface Beat {
  readonly life: string
  /** Revision of the life's first beat, absent in that one: of two lives under one name the later one counts. */
  readonly since?: number
  /**
   * Grows when a beat was confirmed, so that two rounds always lie `beatMs` apart: what a server that stood still
   * takes in at once when it goes on is one.
   */
  readonly round: number
}

interface Member {
  readonly life: string
  readonly since: number
  missed: number
}

export interface MembershipOptions extends Life {
  readonly bus: Bus
  readonly bucket: string
  /** Someone has come, gone or begun a new life. */
  readonly onChange: () => void
  /** This process had not been sure for a while, and is again. */
  readonly onSureAgain: () => void
  /** Another process has begun under the same name; this one no longer counts. */
  readonly onReplaced: () => void
  /** A beat failed; the next one is tried in its turn. */
  readonly onProblem: (error: unknown) => void
}

/**
 * Says to the others that this process lives, and hears which of them do. No clocks are compared: the others' silence
 * is measured in own beats that came back the way theirs would have come, so that a process that was paused, or whose
 * link was, blames nobody for it.
 */
export class Membership {
  readonly #options: MembershipOptions
  readonly #members = new Map<string, Member>()
  /** Newest revision heard of each name, also of those that are gone. */
  readonly #heard = new Map<string, number>()
  readonly #ending = new AbortController()
  #bucket: KV | undefined
  #since = 0
  #revision = 0
  #round = 0
  #roundBack = 0
  #confirmedAt = Number.NEGATIVE_INFINITY
  #term = 0
  #beating: Promise<void> = Promise.resolve()

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  /** Whether the others surely count this process as living. */
  get isSure(): boolean {
    return performance.now() - this.#confirmedAt < sureMs
  }

  /** Grows whenever it had not been sure and is again: what others may have done meanwhile has to be looked at. */
  get term(): number {
    return this.#term
  }

  /** Names of those that live. */
  get names(): string[] {
    return [...this.#members.keys()]
  }

  lives({ name, life }: Life): boolean {
    return this.#members.get(name)?.life === life
  }

  /** Joins; resolves when it is known who else is there. */
  async start(): Promise<void> {
    const { bus, bucket } = this.#options
    const beats = await openBucket(bus, bucket, 1_000)
    this.#bucket = beats
    await retrying(() => this.#beat(beats), { onError: this.#options.onProblem })
    await mirrorBucket<Beat>(bus, bucket, (key, beat, revision) => this.#hear(key, beat, revision), this.#ending.signal)
    this.#beating = this.#keepBeating(beats)
  }

  /** Leaves: the others know at once. */
  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#beating
    await this.#bucket?.delete(this.#options.name, { previousSeq: this.#revision })
  }

  async #keepBeating(bucket: KV): Promise<void> {
    while (!this.#ending.signal.aborted) {
      await this.#beat(bucket).catch(this.#options.onProblem)
      // Rejects only when aborted, which the loop's condition sees.
      await delay(beatMs, undefined, { signal: this.#ending.signal }).catch(() => {})
    }
  }

  async #beat(bucket: KV): Promise<void> {
    const { name, life, onSureAgain } = this.#options
    const sentAt = performance.now()
    const round = this.#round
    const beat: Beat = this.#since === 0 ? { life, round } : { life, since: this.#since, round }
    const revision = await bucket.put(name, JSON.stringify(beat))
    if (this.#since === 0) this.#since = revision
    this.#revision = revision
    this.#round = round + 1
    const lapsed = !this.isSure
    this.#confirmedAt = sentAt
    if (!lapsed) return
    this.#term++
    onSureAgain()
  }

  #hear(name: string, beat: Beat | undefined, revision: number): void {
    const { onChange, onReplaced } = this.#options
    // A mirror that begins anew tells what stands there again: that is no sign of life.
    if (revision <= (this.#heard.get(name) ?? 0)) return
    this.#heard.set(name, revision)
    const known = this.#members.get(name)
    if (beat === undefined) {
      if (name !== this.#options.name && this.#members.delete(name)) onChange()
      return
    }
    const { life, since = revision, round } = beat
    // A late beat of an earlier life.
    if (since < (known?.since ?? 0)) return
    this.#members.set(name, { life, since, missed: 0 })
    if (name === this.#options.name && life !== this.#options.life) onReplaced()
    else if (name === this.#options.name) this.#roundCameBack(round)
    if (life !== known?.life) onChange()
  }

  #roundCameBack(round: number): void {
    if (round <= this.#roundBack) return
    this.#roundBack = round
    for (const [name, member] of this.#members) {
      if (name === this.#options.name || ++member.missed < missedLimit) continue
      this.#members.delete(name)
      this.#options.onChange()
    }
  }
}
