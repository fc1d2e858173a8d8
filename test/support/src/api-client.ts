/** An answer that was not 2xx, with the problem details the API gave. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, body: string) {
    super(`${status}: ${body}`)
    this.status = status
  }
}

/** The product's HTTP API as a client outside sees it. */
export class ApiClient {
  readonly #base: string
  #token = ''

  /** @param base `http://127.0.0.1:9633` */
  constructor(base: string) {
    this.#base = base
  }

  async signIn(name: string, password: string): Promise<void> {
    const { token } = await this.send<{ token: string }>('POST', '/api/v1/session', { name, password })
    this.#token = token
  }

  /** The same session, asking another service. */
  at(base: string): ApiClient {
    const other = new ApiClient(base)
    other.#token = this.#token
    return other
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path)
  }

  /** @throws ApiError for any answer but 2xx; undefined where there is nothing in it */
  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new ApiError(answer.status, text)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}
