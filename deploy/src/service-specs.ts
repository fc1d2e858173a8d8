import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { CertificateFiles } from './certificate-authority.ts'
import type { Instance } from './instances.ts'
import type { LaunchConfig } from './launch-config.ts'
import { projectRoot } from './project-root.ts'
import { storageNiceness } from './storage-niceness.ts'
import type { ProcessSpec } from './supervised-process.ts'
import type { Urls } from './urls.ts'

/** Our services in the order in which one leans on another; each runs from `services/{name}`. */
export const serviceNames = ['registry', 'gateway', 'historian', 'engine', 'dispatch', 'console'] as const
export type ServiceName = (typeof serviceNames)[number]

export interface ServicePlace {
  readonly config: LaunchConfig
  readonly urls: Urls
  readonly instances: readonly Instance[]
  readonly sessionSecret: string
  readonly certificates: CertificateFiles & { readonly authority: string }
  /** Environment that the services inherit. */
  readonly env: NodeJS.ProcessEnv
}

/**
 * Node's arguments for a gateway. MiB of the young generation: while thousands of clients come back, collecting the
 * default 16 stops the process for 19 ms in the middle, and 4 for 4 ms (docs/performance.md).
 */
export const gatewayOptions: readonly string[] = ['--max-semi-space-size=4']

/** File with all sign-ins, written by the registry at the first start. */
export const credentialsFile = (dataDir: string): string => join(dataDir, 'credentials.json')

/** How to run one process of a service: its environment says where everything is. */
export function serviceSpec({ service, name, port }: Instance, place: ServicePlace): ProcessSpec {
  const { config, urls, instances, sessionSecret, certificates, env } = place
  const { dataDir, bind, ports, databaseUrl } = config
  const urlsOf = (wanted: ServiceName): string =>
    instances.flatMap((instance) => (instance.service === wanted ? [instance.url] : [])).join(',')
  const several = instances.filter((instance) => instance.service === service).length > 1
  const own: Record<ServiceName, NodeJS.ProcessEnv> = {
    registry: {
      CREDENTIALS_FILE: credentialsFile(dataDir),
      MQTT_CA_FILE: certificates.authority,
      SEED: 'demo',
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: env.PUBLIC_URL ?? urls.http,
    },
    gateway: {
      MQTT_PORT: String(ports.mqtt),
      MQTTS_PORT: String(ports.mqtts),
      ...(several ? { SHARE_PORTS: '1', ...amongOthers(name, env) } : {}),
      TLS_CERT_FILE: certificates.certificate,
      TLS_KEY_FILE: certificates.key,
      TLS_CA_FILE: certificates.authority,
    },
    historian: { INFLUX_URL: urls.influx, INFLUX_DATABASE: 'lifeline' },
    engine: { ENGINE_NAME: engineName(name, dataDir) },
    dispatch: {
      DATABASE_URL: databaseUrl,
      HISTORIAN_URL: urls.historian,
      PUBLIC_URL: env.PUBLIC_URL ?? urls.http,
    },
    console: {
      HTTP_PORT: String(ports.http),
      GATEWAY_URL: urlsOf('gateway'),
      ENGINE_URL: urlsOf('engine'),
      HISTORIAN_URL: urlsOf('historian'),
      REGISTRY_URL: urls.registry,
      DISPATCH_URL: urlsOf('dispatch'),
    },
  }
  const options = service === 'gateway' ? gatewayOptions : []
  const spec = nodeSpec(
    name,
    join('services', service),
    {
      ...env,
      NATS_URL: urls.nats,
      DATA_DIR: dataDir,
      BIND: bind,
      SERVICE_PORT: String(port),
      SESSION_SECRET: sessionSecret,
      ...own[service],
    },
    options,
  )
  return service === 'historian' ? { ...spec, niceness: storageNiceness } : spec
}

/** The external broker knows each of several gateways by a session of its own, and each message goes to one of them. */
const amongOthers = (
  name: string,
  { EXTERNAL_MQTT_CLIENT_ID, EXTERNAL_MQTT_GROUP }: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv => ({
  EXTERNAL_MQTT_CLIENT_ID: `${EXTERNAL_MQTT_CLIENT_ID || 'lifeline'}-${name}`,
  EXTERNAL_MQTT_GROUP: EXTERNAL_MQTT_GROUP || 'lifeline',
})

/** The same at each start, and no other launcher's on the same NATS. */
function engineName(name: string, dataDir: string): string {
  return `${name}-${createHash('sha256').update(`${hostname()}\0${dataDir}`).digest('hex').slice(0, 8)}`
}

/** How to run the simulated district. */
export function simulatorsSpec({ config, urls, env }: ServicePlace): ProcessSpec {
  return nodeSpec('simulators', join('simulators', 'fleet'), {
    ...env,
    CREDENTIALS_FILE: credentialsFile(config.dataDir),
    MQTT_URL: urls.mqtt,
    API_URL: urls.http,
  })
}

function nodeSpec(name: string, folder: string, env: NodeJS.ProcessEnv, options: readonly string[] = []): ProcessSpec {
  const cwd = join(projectRoot, folder)
  return { name, command: process.execPath, args: [...options, join(cwd, 'src', 'main.ts')], cwd, env }
}
