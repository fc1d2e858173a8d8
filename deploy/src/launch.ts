import { join, resolve } from 'node:path'
import { bringUp } from './bring-up.ts'
import { checkPorts } from './check-ports.ts'
import { DataLock } from './data-lock.ts'
import { freePorts } from './free-ports.ts'
import { checkInstances, type Instance, instanceCount, instancesOf } from './instances.ts'
import type { LaunchConfig, Ports } from './launch-config.ts'
import type { ServiceName } from './service-specs.ts'
import { Supervisor } from './supervisor.ts'
import { type Urls, urlsOf } from './urls.ts'

export interface LaunchOptions extends Partial<Omit<LaunchConfig, 'ports'>> {
  readonly dataDir: string
  /** Free ones where not given. */
  readonly ports?: Partial<Ports>
  /** Variables for the services, over those of this process: LOG_LEVEL, PARTITIONS, … */
  readonly env?: NodeJS.ProcessEnv
  /** Whether the console's web app is built first; default true. */
  readonly buildConsole?: boolean
  /** Ends the launch when it aborts before everything is ready. */
  readonly signal?: AbortSignal
  /** Hears progress, deaths and the urgent lines of the logs. */
  readonly say?: (line: string) => void
}

export interface Launched {
  /** Of a service of which several run, the first's. */
  readonly ports: Ports & Readonly<Record<ServiceName, number>>
  readonly urls: Urls
  /** The processes of our services. */
  readonly instances: readonly Instance[]
  /** Process ids of those that run now, by name: `nats-server`, `influxd`, the instances, `simulators`. */
  pids(): Record<string, number>
  /** Ends one process, which is then not started again until `release`. */
  hold(name: string, signal?: NodeJS.Signals): Promise<void>
  release(name: string): void
  /** Ends all in order; leaves no process behind. */
  stop(): Promise<void>
}

/**
 * Starts Lifeline: NATS and InfluxDB where the operator has none, all services, the simulators where asked for, each
 * as a process of its own that is started again when it dies. Resolves when `/healthz` says that all can work.
 * Simulators are off unless asked for.
 * @throws LaunchError where it cannot be started, the signal's reason where it aborts; nothing is left running then
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { say = () => {}, buildConsole = true } = options
  const config = await completed(options)
  checkInstances(config)
  const lock = await DataLock.take(config.dataDir, (name, pid) =>
    say(`ending ${name} (process ${pid}), left by a launcher that was killed`),
  )
  const supervisor = new Supervisor(join(config.dataDir, 'logs'), say, () => lock.record(supervisor.pids()))
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopped ??= supervisor.stop().finally(() => lock.release())
    return stopped
  }
  try {
    await checkPorts(portsToListenOn(config), config.bind)
    const instances = instancesOf(config, await freeServicePorts(config))
    const urls = urlsOf(config, instances)
    const env = { ...process.env, ...options.env }
    const signal = options.signal ?? new AbortController().signal
    await bringUp({ config, urls, instances, env, supervisor, buildConsole, say }, signal)
    return {
      ports: { ...config.ports, ...servicePorts(instances) },
      urls,
      instances,
      pids: () => supervisor.pids(),
      hold: (name, how) => supervisor.hold(name, how),
      release: (name) => supervisor.release(name),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function completed(options: LaunchOptions): Promise<LaunchConfig> {
  const { dataDir, bind = '127.0.0.1', natsUrl, influxUrl, databaseUrl, simulators = false, instances = {} } = options
  const free = await freePorts(5, bind)
  const [anyMqtt = 0, anyMqtts = 0, anyHttp = 0, anyNats = 0, anyInflux = 0] = free
  const { mqtt = anyMqtt, mqtts = anyMqtts, http = anyHttp, nats = anyNats, influx = anyInflux } = options.ports ?? {}
  return {
    dataDir: resolve(dataDir),
    bind,
    ports: { mqtt, mqtts, http, nats, influx },
    ...(natsUrl === undefined ? {} : { natsUrl }),
    ...(influxUrl === undefined ? {} : { influxUrl }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    simulators,
    instances,
  }
}

/** Where the operator's own server is used, nothing of ours listens. */
function portsToListenOn({ ports, natsUrl, influxUrl }: LaunchConfig): Partial<Ports> {
  const { nats, influx, ...always } = ports
  return {
    ...always,
    ...(natsUrl === undefined ? { nats } : {}),
    ...(influxUrl === undefined ? { influx } : {}),
  }
}

async function freeServicePorts({ bind, ports, instances }: LaunchConfig): Promise<number[]> {
  const named = new Set(Object.values(ports))
  const found = await freePorts(instanceCount(instances) + named.size, bind)
  return found.filter((port) => !named.has(port))
}

function servicePorts(instances: readonly Instance[]): Record<ServiceName, number> {
  const port = (name: ServiceName): number => instances.find(({ service }) => service === name)?.port ?? 0
  return {
    registry: port('registry'),
    gateway: port('gateway'),
    historian: port('historian'),
    engine: port('engine'),
    dispatch: port('dispatch'),
    console: port('console'),
  }
}
