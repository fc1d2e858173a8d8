/** The services behind the console, in the order a frame passes them. */
export const upstreamNames = ['gateway', 'engine', 'historian', 'registry', 'dispatch'] as const
export type UpstreamName = (typeof upstreamNames)[number]

/** Base URL of each service's own HTTP server. */
export type Upstreams = Readonly<Record<UpstreamName, string>>

/** A service that takes longer than this to say how it is counts as down, ms. */
export const answerLimitMs = 2_000

export interface UpstreamAnswer {
  readonly ok: boolean
  readonly status: number
  readonly body: string
}

/**
 * GETs `path` from a service, in at most `answerLimitMs`.
 * @throws UpstreamSilent where there is no whole answer
 */
export async function askUpstream(upstreams: Upstreams, name: UpstreamName, path: string): Promise<UpstreamAnswer> {
  try {
    const response = await fetch(new URL(path, upstreams[name]), { signal: AbortSignal.timeout(answerLimitMs) })
    return { ok: response.ok, status: response.status, body: await response.text() }
  } catch (error) {
    throw new UpstreamSilent(name, error)
  }
}

/** Thrown where a service cannot be reached or does not answer in time; `cause` is what fetch said. */
export class UpstreamSilent extends Error {
  override readonly name = 'UpstreamSilent'
  readonly code = 'UPSTREAM_SILENT'

  constructor(upstream: UpstreamName, cause: unknown) {
    super(`${upstream}: no answer (${reasonOf(cause)})`, { cause })
  }
}

/** fetch hides what happened in a cause: `fetch failed` alone says nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `${answerLimitMs / 1000} s passed`
  const { cause } = error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.message
}
