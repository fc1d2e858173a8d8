import { snapshotStore, streams } from '@lifeline/contracts'
import {
  eventually,
  type InfluxFault,
  startFaultyInfluxProxy,
  startInfluxServer,
  startNatsServer,
  TcpProxy,
  type TestServer,
} from '@lifeline/test-support'
import { connect, type JetStreamManager } from 'nats'
import { type DemoDistrict, startDemoDistrict } from '../../demo-district.ts'
import { AcknowledgedLoad } from '../acknowledged-load.ts'

export const partitions = 8

/** The product, two of each where there may be several, with its servers behind proxies that can be told to fail. */
export interface World {
  readonly district: DemoDistrict
  readonly load: AcknowledgedLoad
  /** The servers themselves, past the proxies. */
  readonly nats: TestServer
  readonly influx: TestServer
  readonly natsLinks: TcpProxy
  /** What InfluxDB's writes meet; undefined where nothing is wrong. */
  influxFault: (() => InfluxFault | undefined) | undefined
  /** @param files whether they go, too */
  remove(files: boolean): Promise<void>
}

export async function startWorld(): Promise<World> {
  const [nats, influx] = [await startNatsServer(), await startInfluxServer()]
  const natsLinks = await TcpProxy.start(nats.url)
  let world: World | undefined
  const influxProxy = await startFaultyInfluxProxy(influx.url, () => world?.influxFault?.())
  const district = await startDemoDistrict({
    env: { PARTITIONS: String(partitions) },
    instances: { gateway: 2, engine: 2, historian: 2 },
    natsUrl: natsLinks.url,
    influxUrl: influxProxy.url,
  })
  const load = new AcknowledgedLoad(district.mqttUrl)
  world = {
    district,
    load,
    nats,
    influx,
    natsLinks,
    influxFault: undefined,
    remove: async (files) => {
      await (files ? district.remove() : district.launched.stop())
      natsLinks.close()
      influxProxy.close()
      await Promise.all([nats.remove(), influx.remove()])
    },
  }
  return world
}

/** Resolves when `/healthz` says that all can work. */
export const healthy = ({ district }: World) =>
  eventually('every service healthy', async () => ((await fetch(`${district.url}/healthz`)).ok ? true : undefined), {
    withinMs: 120_000,
  })

/** Does something to JetStream, past the proxies; waits while the server is away. */
async function administer(world: World, act: (manager: JetStreamManager) => Promise<unknown>): Promise<void> {
  await eventually('NATS answers', async () => {
    const connection = await connect({ servers: world.nats.url, reconnect: false, timeout: 1_000 })
    try {
      await act(await connection.jetstreamManager())
      return true
    } finally {
      await connection.close()
    }
  })
}

/**
 * TELEMETRY takes so many more messages, or any number again. Not bytes: at a limit of bytes nats-server 2.9 removes the
 * oldest messages even where it is told to refuse the new ones.
 */
export const limitLog = (world: World, more: number | undefined) =>
  administer(world, async (manager) => {
    const { config, state } = await manager.streams.info(streams.telemetry)
    await manager.streams.update(streams.telemetry, {
      ...config,
      max_msgs: more === undefined ? -1 : state.messages + more,
    })
  })

/** The chunks of all snapshots are gone, what describes them is not. */
export const spoilSnapshots = (world: World) =>
  administer(world, (manager) => manager.streams.purge(`OBJ_${snapshotStore}`, { filter: `$O.${snapshotStore}.C.>` }))
