import { askUpstream, type UpstreamName, UpstreamSilent, type Upstreams, upstreamNames } from './upstream.ts'

/** How the whole product is: `ok` when every service can do its work. */
export interface HealthSummary {
  readonly ok: boolean
  /** Why not, each with the service's name before it. */
  readonly reasons: readonly string[]
  readonly services: Readonly<Record<UpstreamName, boolean>>
}

/** Asks every service at once; none is waited for longer than two seconds. */
export async function summariseHealth(upstreams: Upstreams): Promise<HealthSummary> {
  const answers = await Promise.all(
    upstreamNames.map(async (name) => [name, await reasonsOf(upstreams, name)] as const),
  )
  const reasons = answers.flatMap(([, found]) => found)
  const services = Object.fromEntries(answers.map(([name, found]) => [name, found.length === 0]))
  return { ok: reasons.length === 0, reasons, services: services as HealthSummary['services'] }
}

async function reasonsOf(upstreams: Upstreams, name: UpstreamName): Promise<string[]> {
  try {
    const { ok, status, body } = await askUpstream(upstreams, name, '/healthz')
    if (ok) return []
    const told = reasonsIn(body)
    return (told.length > 0 ? told : [`status ${status}`]).map((reason) => `${name}: ${reason}`)
  } catch (error) {
    if (error instanceof UpstreamSilent) return [error.message]
    throw error
  }
}

function reasonsIn(body: string): string[] {
  try {
    const { reasons } = JSON.parse(body) as { reasons?: unknown }
    return Array.isArray(reasons) ? reasons.map(String) : []
  } catch {
    // Not one of ours; the status says enough.
    return []
  }
}
