import { join } from 'node:path'
import type { CertificateFiles } from './certificate-authority.ts'
import type { LaunchConfig } from './launch-config.ts'
import { projectRoot } from './project-root.ts'
import type { ProcessSpec } from './supervised-process.ts'
import type { Urls } from './urls.ts'

/** Our services in the order in which one leans on another; each runs from `services/{name}`. */
export const serviceNames = ['registry', 'gateway', 'historian', 'engine', 'dispatch', 'console'] as const
export type ServiceName = (typeof serviceNames)[number]

export interface ServicePlace {
  readonly config: LaunchConfig
  readonly urls: Urls
  readonly servicePorts: Readonly<Record<ServiceName, number>>
  readonly sessionSecret: string
  readonly certificates: CertificateFiles & { readonly authority: string }
  /** Environment that the services inherit. */
  readonly env: NodeJS.ProcessEnv
}

/** File with all sign-ins, written by the registry at the first start. */
export const credentialsFile = (dataDir: string): string => join(dataDir, 'credentials.json')

/** How to run a service: its environment says where everything is. */
export function serviceSpec(name: ServiceName, place: ServicePlace): ProcessSpec {
  const { config, urls, servicePorts, sessionSecret, certificates, env } = place
  const { dataDir, bind, ports, databaseUrl } = config
  const own: Record<ServiceName, NodeJS.ProcessEnv> = {
    registry: {
      CREDENTIALS_FILE: credentialsFile(dataDir),
      MQTT_CA_FILE: certificates.authority,
      SEED: 'demo',
      DATABASE_URL: databaseUrl,
    },
    gateway: {
      MQTT_PORT: String(ports.mqtt),
      MQTTS_PORT: String(ports.mqtts),
      TLS_CERT_FILE: certificates.certificate,
      TLS_KEY_FILE: certificates.key,
      TLS_CA_FILE: certificates.authority,
    },
    historian: { INFLUX_URL: urls.influx, INFLUX_DATABASE: 'lifeline' },
    engine: {},
    dispatch: {
      DATABASE_URL: databaseUrl,
      HISTORIAN_URL: urls.historian,
      PUBLIC_URL: env.PUBLIC_URL ?? urls.http,
    },
    console: {
      HTTP_PORT: String(ports.http),
      GATEWAY_URL: urls.gateway,
      ENGINE_URL: urls.engine,
      HISTORIAN_URL: urls.historian,
      REGISTRY_URL: urls.registry,
      DISPATCH_URL: urls.dispatch,
    },
  }
  return nodeSpec(name, join('services', name), {
    ...env,
    NATS_URL: urls.nats,
    DATA_DIR: dataDir,
    BIND: bind,
    SERVICE_PORT: String(servicePorts[name]),
    SESSION_SECRET: sessionSecret,
    ...own[name],
  })
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

function nodeSpec(name: string, folder: string, env: NodeJS.ProcessEnv): ProcessSpec {
  const cwd = join(projectRoot, folder)
  return { name, command: process.execPath, args: [join(cwd, 'src', 'main.ts')], cwd, env }
}
