import { hostInUrl, reachableHost } from './host-in-url.ts'
import type { LaunchConfig } from './launch-config.ts'
import { LaunchError } from './launch-error.ts'
import { type ServiceName, serviceNames } from './service-specs.ts'

/** How many of a service run; one where nothing is said. */
export type InstanceCounts = Readonly<Partial<Record<ServiceName, number>>>

/** One process of a service. */
export interface Instance {
  readonly service: ServiceName
  /** The service's name, or `{service}-1`, `-2`, … where there are several. */
  readonly name: string
  /** Of its own HTTP. */
  readonly port: number
  readonly url: string
}

/** The instances that `counts` asks for, in the order in which one service leans on another. */
export function instancesOf({ bind, instances }: LaunchConfig, ports: readonly number[]): Instance[] {
  const host = hostInUrl(reachableHost(bind))
  return namesOf(instances).map(({ service, name }, i) => {
    const port = ports[i] ?? 0
    return { service, name, port, url: `http://${host}:${port}` }
  })
}

export const instanceCount = (counts: InstanceCounts): number => namesOf(counts).length

function namesOf(counts: InstanceCounts): { readonly service: ServiceName; readonly name: string }[] {
  return serviceNames.flatMap((service) => {
    const count = counts[service] ?? 1
    return Array.from({ length: count }, (_, i) => ({ service, name: count === 1 ? service : `${service}-${i + 1}` }))
  })
}

/**
 * Makes sure that the services can share what they work on.
 * @throws LaunchError CONFIG_INVALID
 */
export function checkInstances({ instances, databaseUrl }: LaunchConfig): void {
  if ((instances.dispatch ?? 1) === 1 || databaseUrl !== undefined) return
  throw new LaunchError(
    'CONFIG_INVALID',
    `Not started: --desks ${instances.dispatch} needs DATABASE_URL, a PostgreSQL that the desks share; the embedded database has room for one.`,
  )
}
