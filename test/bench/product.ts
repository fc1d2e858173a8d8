import { once } from 'node:events'
import { type Bus, connectBus, openStreams } from '@lifeline/bus'
import { storageNiceness } from '@lifeline/deploy'
import { InfluxConnection } from '@lifeline/history'
import { eventually, serviceProcess, startInfluxServer, startNatsServer, tempFolder } from '@lifeline/test-support'
import { benchLifts, enterIntoLog, registerLifts } from './bench-district.ts'
import { cpuSeconds, startGateway } from './bench-processes.ts'
import type { LoadAccount } from './load-client.ts'

export const partitions = 8
/** As the launcher starts what stores. */
const storage = { niceness: storageNiceness }

/** What takes a frame from the socket to InfluxDB, each a process of its own; without registry, desk and console. */
export interface Product {
  readonly bus: Bus
  readonly port: number
  readonly pids: Readonly<Record<string, number>>
  /** Registers lifts, four to a building, and gives each an account. */
  register(lifts: number): Promise<LoadAccount[]>
  /** Frames in InfluxDB, each counted once. */
  stored(): Promise<number>
  stop(): Promise<void>
}

export async function startProduct(
  options: Readonly<Partial<Record<'gateway' | 'engine' | 'historian', string>>> = {},
): Promise<Product> {
  const [nats, database, folder] = [await startNatsServer(), await startInfluxServer(storage), await tempFolder()]
  const bus = await connectBus(nats.url, 'bench', () => undefined)
  await openStreams(bus.connection, partitions)
  const env = {
    NATS_URL: nats.url,
    INFLUX_URL: database.url,
    DATA_DIR: folder.path,
    PARTITIONS: String(partitions),
    SESSION_SECRET: 'only for this benchmark, signs nothing',
    LOG_LEVEL: 'error',
  }
  const gateway = await startGateway(nats.url, partitions, options.gateway?.split(' ') ?? [])
  const [engine, historian] = [
    await serviceProcess('engine', { ...env, NODE_OPTIONS: options.engine ?? '' }),
    await serviceProcess('historian', { ...env, NODE_OPTIONS: options.historian ?? '' }, storage),
  ]
  await Promise.all([engine.process.start(), historian.process.start()])
  return {
    bus,
    port: gateway.port,
    pids: {
      gateway: gateway.child.pid ?? 0,
      'nats-server': nats.process.pid ?? 0,
      engine: engine.process.pid ?? 0,
      historian: historian.process.pid ?? 0,
      influxd: database.process.pid ?? 0,
    },
    register: async (lifts) => {
      const accounts = await registerLifts(bus, lifts)
      await enterIntoLog(bus, partitions, benchLifts(lifts))
      return accounts
    },
    stored: () => storedFrames(database.url),
    stop: async () => {
      gateway.child.kill('SIGTERM')
      await once(gateway.child, 'exit')
      await Promise.all([engine, historian].map((one) => one.process.stop()))
      await bus.close()
      await Promise.all([nats, database, folder].map((one) => one.remove()))
    },
  }
}

/** Lifts' frames in the database `lifeline` of an InfluxDB. */
export async function storedFrames(url: string): Promise<number> {
  const influx = new InfluxConnection({ url, database: 'lifeline', requestTimeoutMs: 120_000 })
  const [row] = await influx.query('SELECT count("seq") FROM "elevator"', new AbortController().signal)
  return Number(row?.[1] ?? 0)
}

/** Waits until there are so many, or no more come for `patienceMs`; how many there are. */
export async function settled(stored: () => Promise<number>, wanted: number, patienceMs: number): Promise<number> {
  let [last, since] = [-1, performance.now()]
  return await eventually(
    `${wanted} frames stored`,
    async () => {
      const now = await stored()
      if (now > last) [last, since] = [now, performance.now()]
      return now >= wanted || performance.now() - since > patienceMs ? now : undefined
    },
    { withinMs: 30 * 60_000, everyMs: 500 },
  )
}

export type Usage = Readonly<Record<string, number>>

/** Seconds of processor time by process. */
export const usageOf = (pids: Readonly<Record<string, number>>): Usage =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]))

/** What was used from `before` on, in words. */
export function microsEach(pids: Readonly<Record<string, number>>, before: Usage, frames: number): string {
  const now = usageOf(pids)
  const micros = Object.keys(now).map(
    (name) => [name, (((now[name] ?? 0) - (before[name] ?? 0)) / frames) * 1e6] as const,
  )
  const all = micros.reduce((sum, [, each]) => sum + each, 0)
  return `${[...micros, ['together', all] as const].map(([name, each]) => `${name} ${each.toFixed(1)}`).join(', ')} µs a frame`
}
