import type { Action, ActionBody, Equipment, Problem, Report, RescueCase, SessionUser, Unit } from '@lifeline/contracts'
import type { ServerClock } from '../live/server-clock.ts'
import { ApiError } from './api-error.ts'

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor?: string
}

/** A device as the registry's API gives it (interface §5); a case's own comes without who is heard. */
export type Device = Equipment & { readonly online?: boolean; readonly lastSeenAt?: number | null }

export interface Contact {
  readonly role: Unit['kind'] | 'caller'
  readonly name: string
  readonly phone: string
  readonly unitId?: string
  /** s on the road. */
  readonly etaSeconds?: number
  /** false: its roster leaves a gap now. */
  readonly onDuty?: boolean
  /** Who of the unit is on duty. */
  readonly people?: readonly { readonly name: string; readonly phone: string }[]
}

export type IncidentDetail = RescueCase & { readonly device?: Device; readonly contacts: readonly Contact[] }

/** [ms since the Unix epoch, value]. */
export type Reading = readonly [time: number, value: number | string | boolean | null]

const answerLimitMs = 15_000

/** The API of the desk. Every answer also tells the time; one that says "sign in" ends the session. */
export class ApiClient {
  readonly #clock: ServerClock
  readonly #onSignedOut: () => void

  constructor(clock: ServerClock, onSignedOut: () => void) {
    this.#clock = clock
    this.#onSignedOut = onSignedOut
  }

  signIn(name: string, password: string): Promise<{ user: SessionUser }> {
    return this.ask('POST', '/session', { name, password })
  }

  /** Who is signed in. */
  session(): Promise<{ user: SessionUser }> {
    return this.ask('GET', '/session')
  }

  /** How one can sign in beside a name and a password. */
  signInMethods(): Promise<{ oidc: boolean }> {
    return this.ask('GET', '/session/methods')
  }

  signOut(): Promise<unknown> {
    return this.ask('DELETE', '/session')
  }

  incidents(state: 'open' | 'closed', cursor?: string): Promise<Page<RescueCase>> {
    const query = new URLSearchParams({ state, limit: '100', ...(cursor === undefined ? {} : { cursor }) })
    return this.ask('GET', `/incidents?${query}`)
  }

  incident(id: string): Promise<IncidentDetail> {
    return this.ask('GET', `/incidents/${encodeURIComponent(id)}`)
  }

  report(report: Partial<Report>): Promise<RescueCase> {
    return this.ask('POST', '/incidents', report)
  }

  act<A extends Action>(id: string, action: A, body: ActionBody<A>): Promise<RescueCase> {
    return this.ask('POST', `/incidents/${encodeURIComponent(id)}/${action}`, body)
  }

  async units(): Promise<readonly Unit[]> {
    return (await this.ask<Page<Unit>>('GET', '/units')).items
  }

  async devices(query: string, signal: AbortSignal): Promise<readonly Device[]> {
    return (await this.ask<Page<Device>>('GET', `/devices?${new URLSearchParams({ query })}`, undefined, signal)).items
  }

  async telemetry(deviceId: string, field: string, from: number, to: number): Promise<readonly Reading[]> {
    const query = new URLSearchParams({ from: String(Math.round(from)), to: String(Math.round(to)), field })
    return (await this.ask<Page<Reading>>('GET', `/devices/${encodeURIComponent(deviceId)}/telemetry?${query}`)).items
  }

  /** Of all services, Prometheus text. */
  async metrics(): Promise<string> {
    const response = await fetch('/metrics', { signal: AbortSignal.timeout(answerLimitMs) })
    if (!response.ok) throw new ApiError(response.status, undefined)
    return response.text()
  }

  /**
   * @param path below `/api/v1`
   * @throws ApiError with status 0 where the server cannot be reached in time
   */
  async ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const sentAt = Date.now()
    const limit = AbortSignal.timeout(answerLimitMs)
    let response: Response
    try {
      response = await fetch(`/api/v1${path}`, {
        method,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
    } catch (error) {
      if (signal?.aborted) throw error
      throw new ApiError(0, undefined, { cause: error })
    }
    this.#clock.observe(response.headers.get('date'), sentAt, Date.now())
    const text = await response.text()
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T
    // Refused at the sign-in is no session that has ended.
    if (response.status === 401 && !(method === 'POST' && path === '/session')) this.#onSignedOut()
    throw new ApiError(response.status, problemIn(text))
  }
}

function problemIn(text: string): Problem | undefined {
  try {
    return JSON.parse(text) as Problem
  } catch {
    // Not from one of our services; the status says what there is to say.
    return undefined
  }
}
