import { type HttpHeaders, InfluxDB, type Transport } from '@influxdata/influxdb-client'
import { InfluxError } from './influx-error.ts'
import { identifier } from './influxql.ts'
import { answerOf, reasonOf, type WriteAnswer } from './write-answer.ts'

export interface InfluxOptions {
  /** Address without user and password. */
  readonly url: string
  /** Database of 1.x and 3, bucket of 2.x. */
  readonly database: string
  /** Organisation of 2.x. */
  readonly org?: string
  /** API token of 2.x and 3. */
  readonly token?: string
  /** Of a 1.x with sign-in. */
  readonly username?: string
  readonly password?: string
  /** After it the server counts as hung. The default is far above what a write or a query takes. */
  readonly requestTimeoutMs?: number
}

const defaultRequestTimeoutMs = 30_000

interface SeriesResult {
  readonly values?: readonly (readonly unknown[])[]
}
interface QueryResponse {
  readonly results?: readonly { readonly series?: readonly SeriesResult[]; readonly error?: string }[]
}

/**
 * Requests to one InfluxDB: 1.x by `/write`, 1.8+ of other makers, 2.x and 3 Core by the client's own write path; all
 * by InfluxQL on `/query`. The official client is the transport only: what to send again and when is the caller's.
 */
export class InfluxConnection {
  readonly #options: InfluxOptions
  readonly #influx: InfluxDB
  readonly #transport: Transport
  readonly #requestTimeoutMs: number
  #writePath: string | undefined

  constructor(options: InfluxOptions) {
    const { url, token, username, password, requestTimeoutMs = defaultRequestTimeoutMs } = options
    const basic = Buffer.from(`${username}:${password}`).toString('base64')
    this.#options = options
    this.#influx = new InfluxDB({
      url,
      ...(token === undefined ? {} : { token }),
      ...(username === undefined ? {} : { headers: { authorization: `Basic ${basic}` } }),
      // Later than the signal of a request, which also ends the socket.
      timeout: requestTimeoutMs * 2,
    })
    this.#transport = this.#influx.transport
    this.#requestTimeoutMs = requestTimeoutMs
  }

  /**
   * Reads the server's version and, on 1.x, makes the database where it is missing.
   * @throws InfluxError where that fails
   */
  async open(signal: AbortSignal): Promise<void> {
    try {
      this.#writePath = await this.#findWritePath(signal)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof InfluxError ? error : new InfluxError(this.#failed(error), { cause: error })
    }
  }

  /** Sends lines once and says what became of them. Throws only when `signal` aborts. */
  async write(lines: string, signal: AbortSignal): Promise<WriteAnswer> {
    try {
      if (this.#writePath === undefined) await this.open(signal)
      await this.#request('POST', this.#writePath as string, lines, signal)
      return { outcome: 'stored' }
    } catch (error) {
      signal.throwIfAborted()
      const answer = answerOf(error, this.#options.url)
      // It may come back as another version, or without the database.
      if (answer.outcome === 'unavailable') this.#writePath = undefined
      return answer
    }
  }

  /**
   * The rows of the first series of one InfluxQL statement, times in ms.
   * @throws InfluxError where the server is away or the statement fails
   */
  async query(statement: string, signal: AbortSignal, method: 'GET' | 'POST' = 'GET'): Promise<readonly unknown[][]> {
    const parameters = new URLSearchParams({ db: this.#options.database, epoch: 'ms', q: statement })
    let response: QueryResponse
    try {
      response = (await this.#request(method, `/query?${parameters}`, '', signal)) as QueryResponse
    } catch (error) {
      signal.throwIfAborted()
      throw new InfluxError(this.#failed(error), { cause: error })
    }
    const result = response?.results?.[0]
    if (result === undefined) throw new InfluxError(`${this.#options.url} does not answer as InfluxDB does`)
    if (result.error !== undefined) throw new InfluxError(`InfluxDB at ${this.#options.url}: ${result.error}`)
    return (result.series?.[0]?.values ?? []) as readonly unknown[][]
  }

  async #findWritePath(signal: AbortSignal): Promise<string> {
    const { database, org = '' } = this.#options
    let version = ''
    await this.#request('GET', '/ping', '', signal, (headers) => {
      version = String(headers['x-influxdb-version'] ?? '')
    })
    if (!/^v?1\./.test(version)) return this.#influx.getWriteApi(org, database, 'ns').path
    const databases = await this.query('SHOW DATABASES', signal)
    // Asked first, since a user that may only write may not create what is there already either.
    if (!databases.some(([name]) => name === database)) {
      await this.query(`CREATE DATABASE ${identifier(database)}`, signal, 'POST')
    }
    return `/write?${new URLSearchParams({ db: database, precision: 'ns' })}`
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    body: string,
    signal: AbortSignal,
    onHeaders: (headers: HttpHeaders) => void = () => undefined,
  ): Promise<unknown> {
    signal.throwIfAborted()
    // A signal of its own: the transport never takes its listener off, and would keep each body alive with it.
    const request = new AbortController()
    const abort = (): void => request.abort()
    const timer = setTimeout(abort, this.#requestTimeoutMs)
    signal.addEventListener('abort', abort, { once: true })
    try {
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      return await this.#transport.request(path, body, { method, headers, signal: request.signal }, onHeaders)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  }

  #failed(error: unknown): string {
    return `InfluxDB at ${this.#options.url}: ${reasonOf(error)}`
  }
}
