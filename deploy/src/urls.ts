import { hostInUrl, reachableHost } from './host-in-url.ts'
import type { Instance } from './instances.ts'
import type { LaunchConfig } from './launch-config.ts'
import type { ServiceName } from './service-specs.ts'

/** Where clients on this machine find everything: the console and API at `http`, each service's own HTTP (the first's of several) by name. */
export type Urls = Readonly<Record<'http' | 'mqtt' | 'nats' | 'influx' | ServiceName, string>>

export function urlsOf(config: LaunchConfig, instances: readonly Instance[]): Urls {
  const { bind, ports, natsUrl, influxUrl } = config
  const host = hostInUrl(reachableHost(bind))
  const service = (name: ServiceName): string => instances.find(({ service }) => service === name)?.url ?? ''
  return {
    http: `http://${host}:${ports.http}`,
    mqtt: `mqtt://${host}:${ports.mqtt}`,
    nats: natsUrl ?? `nats://${host}:${ports.nats}`,
    influx: influxUrl ?? `http://${host}:${ports.influx}`,
    registry: service('registry'),
    gateway: service('gateway'),
    historian: service('historian'),
    engine: service('engine'),
    dispatch: service('dispatch'),
    console: service('console'),
  }
}
