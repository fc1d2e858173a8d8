import { setTimeout } from 'node:timers/promises'
import type { InfluxConnection } from './influx-connection.ts'
import { splitSuspects } from './split-suspects.ts'
import type { WriteAnswer } from './write-answer.ts'

/** Lines of one write. `lines` is only asked for when the database refuses some of them. */
export interface LineBatch {
  /** The lines with line ends between. */
  readonly text: string
  lines(): readonly string[]
}

/** A line that the database takes in no company: kept out so that the others go on. */
export interface RefusedLine {
  readonly index: number
  readonly line: string
  /** The database's own words. */
  readonly reason: string
}

export interface WriteObserver {
  /** Why lines wait, or undefined when they flow again. */
  report(reason: string | undefined): void
  /** One request that was answered, and how long it took. */
  answered(outcome: WriteAnswer['outcome'], seconds: number): void
}

/** An answer about the lines. */
type Answered = Exclude<WriteAnswer, { outcome: 'unavailable' }>
type Refusal = Exclude<Answered, { outcome: 'stored' }>

interface Candidate {
  readonly index: number
  readonly line: string
}

/** Answers of InfluxDB 1.x, 2.x and 3 that are about the lines; any other 400 may be a proxy's or a setting's. */
const aboutLines = /partial write|unable to parse|parsing failed|line protocol|type conflict|retention policy/i

const firstPauseMs = 50
const lastPauseMs = 2_000
/** A refusal in unknown words counts when it has come so often in turn with a line that was taken. */
const proofs = 5
/** A server may ask for more, but evidence should not wait for it. */
const longestRetryAfterMs = 60_000

/** Writes lines to InfluxDB for as long as it takes. Writing a line twice is harmless, so in doubt it is sent again. */
export class LineWriter {
  readonly #connection: InfluxConnection
  readonly #observer: WriteObserver
  #lastStored: LineBatch | undefined

  constructor(connection: InfluxConnection, observer: WriteObserver) {
    this.#connection = connection
    this.#observer = observer
  }

  /**
   * Resolves when the database has confirmed (2xx) every line but those that it refuses one by one; those are returned.
   * While it is away, busy or turns the writer off (401, 403, 404, 429, 5xx) it waits and tries again without end.
   * @throws the reason of `signal` once that aborts, and nothing else
   */
  async store(batch: LineBatch, signal: AbortSignal): Promise<RefusedLine[]> {
    const answer = await this.#send(batch.text, signal)
    if (answer.outcome === 'stored') {
      this.#lastStored = batch
      return []
    }
    return this.#sift(
      batch.lines().map((line, index) => ({ line, index })),
      answer,
      signal,
    )
  }

  /** Finds the bad lines of a refused request: halves it until each part is taken or is bad as a whole. */
  async #sift(lines: readonly Candidate[], refusal: Refusal, signal: AbortSignal): Promise<RefusedLine[]> {
    let answer: Answered = refusal
    while (answer.outcome !== 'stored' && isBadAsAWhole(lines, answer)) {
      const { reason } = answer
      const text = lines.map(({ line }) => line).join('\n')
      if (await this.#isTheLinesFault(text, reason, signal)) return lines.map((line) => ({ ...line, reason }))
      answer = await this.#sendLines(lines, signal)
    }
    if (answer.outcome === 'stored') return []
    const refused: RefusedLine[] = []
    for (const part of splitSuspects(lines, answer.reason)) {
      const partAnswer = await this.#sendLines(part, signal)
      if (partAnswer.outcome !== 'stored') refused.push(...(await this.#sift(part, partAnswer, signal)))
    }
    return refused
  }

  async #sendLines(lines: readonly Candidate[], signal: AbortSignal): Promise<Answered> {
    const texts = lines.map(({ line }) => line)
    const text = texts.join('\n')
    const answer = await this.#send(text, signal)
    if (answer.outcome === 'stored') this.#lastStored = { text, lines: () => texts }
    return answer
  }

  /**
   * Whether a refusal is about the line: in the database's known words, or shown by its taking a line it took before
   * and refusing this one, time and again: a proxy with one bad server behind it refuses now this, now that.
   * Where it takes nothing at all the lines are good and wait.
   */
  async #isTheLinesFault(text: string, reason: string, signal: AbortSignal): Promise<boolean> {
    if (aboutLines.test(reason)) return true
    const known = this.#lastStored?.lines()[0]
    for (let proof = 1; ; proof++) {
      if (known === undefined || (await this.#send(known, signal)).outcome !== 'stored') {
        this.#observer.report(`InfluxDB refuses every write: ${reason}`)
        await setTimeout(lastPauseMs, undefined, { signal })
        return false
      }
      if (proof === proofs) return true
      if ((await this.#send(text, signal)).outcome === 'stored') return false
    }
  }

  /** Sends until there is an answer about the lines. */
  async #send(text: string, signal: AbortSignal): Promise<Answered> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, lastPauseMs)) {
      const start = performance.now()
      const answer = await this.#connection.write(text, signal)
      this.#observer.answered(answer.outcome, (performance.now() - start) / 1_000)
      if (answer.outcome !== 'unavailable') {
        if (answer.outcome === 'stored') this.#observer.report(undefined)
        return answer
      }
      this.#observer.report(answer.reason)
      const wantedMs = Math.min(answer.retryAfterMs ?? 0, longestRetryAfterMs)
      await setTimeout(Math.max(pauseMs, wantedMs), undefined, { signal })
    }
  }
}

function isBadAsAWhole(lines: readonly Candidate[], refusal: Refusal): boolean {
  return lines.length === 1 || (refusal.outcome === 'refused' && refusal.dropped === lines.length)
}
