import {
  askUpstream,
  instancesOf,
  type UpstreamInstance,
  type UpstreamName,
  UpstreamSilent,
  type Upstreams,
  upstreamNames,
} from './upstream.ts'

/** How the whole product is: `ok` when every instance of every service can do its work. */
export interface HealthSummary {
  readonly ok: boolean
  /** Why not, each with the instance's name before it. */
  readonly reasons: readonly string[]
  readonly services: Readonly<Record<UpstreamName, boolean>>
}

/** Asks every instance at once; none is waited for longer than two seconds. */
export async function summariseHealth(upstreams: Upstreams): Promise<HealthSummary> {
  const answers = await Promise.all(
    instancesOf(upstreams).map(async (instance) => ({ instance, found: await reasonsOf(instance) })),
  )
  const reasons = answers.flatMap(({ found }) => found)
  const isWell = (name: UpstreamName): boolean =>
    answers.every(({ instance, found }) => instance.service !== name || found.length === 0)
  const services = Object.fromEntries(upstreamNames.map((name) => [name, isWell(name)]))
  return { ok: reasons.length === 0, reasons, services: services as HealthSummary['services'] }
}

async function reasonsOf(instance: UpstreamInstance): Promise<string[]> {
  try {
    const { ok, status, body } = await askUpstream(instance, '/healthz')
    if (ok) return []
    const told = reasonsIn(body)
    return (told.length > 0 ? told : [`status ${status}`]).map((reason) => `${instance.name}: ${reason}`)
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
