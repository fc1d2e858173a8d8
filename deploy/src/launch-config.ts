import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { InstanceCounts } from './instances.ts'
import { LaunchError } from './launch-error.ts'
import { projectRoot } from './project-root.ts'

const port = (fallback: number) => z.coerce.number('a port number').int().min(1).max(65_535).default(fallback)
const natsUrl = z
  .string()
  .regex(/^((nats|tls|ws|wss):\/\/[^\s,]+)(,(nats|tls|ws|wss):\/\/[^\s,]+)*$/, 'nats://host:port')

const environmentSchema = z.object({
  DATA_DIR: z.string().default(join(projectRoot, '.data')),
  BIND: z.union([z.ipv4(), z.ipv6()], { error: 'an IP address of this machine' }).default('127.0.0.1'),
  MQTT_PORT: port(1883),
  MQTTS_PORT: port(8883),
  HTTP_PORT: port(9633),
  NATS_PORT: port(4222),
  INFLUX_PORT: port(8086),
  NATS_URL: natsUrl.optional(),
  INFLUX_URL: z.url({ protocol: /^https?$/, error: 'http://host:port' }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'postgres://user:password@host:port/database' }).optional(),
})

/** Ports of the servers that the outside knows. */
export interface Ports {
  readonly mqtt: number
  readonly mqtts: number
  readonly http: number
  readonly nats: number
  readonly influx: number
}

export interface LaunchConfig {
  /** Absolute path that everything is kept under. */
  readonly dataDir: string
  /** Address all servers listen on. */
  readonly bind: string
  readonly ports: Ports
  /** The operator's own servers; absent where ours is started. */
  readonly natsUrl?: string
  readonly influxUrl?: string
  /** Postgres for registry and dispatch; absent where each keeps an embedded one under `dataDir`. */
  readonly databaseUrl?: string
  readonly simulators: boolean
  readonly instances: InstanceCounts
}

/** Processes of one service at most. */
const mostInstances = 64
const countFlags = { gateways: 'gateway', engines: 'engine', historians: 'historian', desks: 'dispatch' } as const

/**
 * What the command line and the environment ask for. An empty variable counts as absent; a relative DATA_DIR is meant
 * from the folder the command was given in.
 * @throws LaunchError CONFIG_INVALID naming each argument or variable that is wrong
 */
export function readLaunchConfig(args: readonly string[], env: NodeJS.ProcessEnv): LaunchConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = environmentSchema.safeParse(given)
  if (!result.success) {
    const reasons = result.error.issues.map(({ path, message }) => {
      const name = path.join('.')
      return `${name}=${given[name] ?? ''}: ${message}`
    })
    throw new LaunchError('CONFIG_INVALID', `Not started, wrong in the environment: ${reasons.join('; ')}`, {
      cause: result.error,
    })
  }
  const { DATA_DIR, BIND, NATS_URL, INFLUX_URL, DATABASE_URL, ...ports } = result.data
  return {
    dataDir: resolve(DATA_DIR),
    bind: BIND,
    ports: {
      mqtt: ports.MQTT_PORT,
      mqtts: ports.MQTTS_PORT,
      http: ports.HTTP_PORT,
      nats: ports.NATS_PORT,
      influx: ports.INFLUX_PORT,
    },
    ...(NATS_URL === undefined ? {} : { natsUrl: NATS_URL }),
    ...(INFLUX_URL === undefined ? {} : { influxUrl: INFLUX_URL }),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...readFlags(args),
  }
}

function readFlags(args: readonly string[]): Pick<LaunchConfig, 'simulators' | 'instances'> {
  const count = { type: 'string', default: '1' } as const
  try {
    // pnpm hands on the `--` of `pnpm start -- --no-simulators` as an argument.
    const { 'no-simulators': none, ...counts } = parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        'no-simulators': { type: 'boolean', default: false },
        gateways: count,
        engines: count,
        historians: count,
        desks: count,
      },
    }).values
    const instances = Object.entries(countFlags).map(([flag, service]) => {
      const given = counts[flag as keyof typeof countFlags]
      const wanted = Number(given)
      if (Number.isInteger(wanted) && wanted >= 1 && wanted <= mostInstances) return [service, wanted] as const
      throw new RangeError(`--${flag} ${given}: a number from 1 to ${mostInstances}.`)
    })
    return { simulators: !none, instances: Object.fromEntries(instances) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const known = `--no-simulators, and how many: ${Object.keys(countFlags)
      .map((flag) => `--${flag} N`)
      .join(', ')}`
    throw new LaunchError('CONFIG_INVALID', `Not started: ${reason} The arguments are ${known}.`, { cause: error })
  }
}
