/** The services behind the console, in the order a frame passes them. */
export const upstreamNames = ['gateway', 'engine', 'historian', 'registry', 'dispatch'] as const
export type UpstreamName = (typeof upstreamNames)[number]

/** Base URLs of each service's own HTTP servers: one, or as many as there are instances of it. */
export type Upstreams = Readonly<Record<UpstreamName, readonly string[]>>

/** One process of a service. */
export interface UpstreamInstance {
  readonly service: UpstreamName
  /** As the launcher calls it: the service's name, or `{service}-1`, `-2`, … where there are several. */
  readonly name: string
  readonly url: string
}

/** All instances of a service, or of every service. */
export function instancesOf(upstreams: Upstreams, ...services: readonly UpstreamName[]): UpstreamInstance[] {
  return (services.length > 0 ? services : upstreamNames).flatMap((service) =>
    upstreams[service].map((url, i, { length }) => ({
      service,
      name: length === 1 ? service : `${service}-${i + 1}`,
      url,
    })),
  )
}

/** A service that takes longer than this to say how it is counts as down, ms. */
export const answerLimitMs = 2_000

export interface UpstreamAnswer {
  readonly ok: boolean
  readonly status: number
  readonly body: string
}

/**
 * GETs `path` from an instance, in at most `answerLimitMs`.
 * @throws UpstreamSilent where there is no whole answer
 */
export async function askUpstream({ name, url }: UpstreamInstance, path: string): Promise<UpstreamAnswer> {
  try {
    const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(answerLimitMs) })
    return { ok: response.ok, status: response.status, body: await response.text() }
  } catch (error) {
    throw new UpstreamSilent(name, error)
  }
}

/** Thrown where a service cannot be reached or does not answer in time; `cause` is what fetch said. */
export class UpstreamSilent extends Error {
  override readonly name = 'UpstreamSilent'
  readonly code = 'UPSTREAM_SILENT'

  /** @param instance its name */
  constructor(instance: string, cause: unknown) {
    super(`${instance}: no answer (${reasonOf(cause)})`, { cause })
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
