import { connectBus, mirrorBucket, openStreams } from '@lifeline/bus'
import { buckets, type Equipment, type SessionEnd } from '@lifeline/contracts'
import { InfluxConnection, LineWriter, readTelemetry } from '@lifeline/history'
import type { ServiceContext, Stop } from '@lifeline/service-kit'
import { Backlog } from './backlog.ts'
import { Historian } from './historian.ts'
import { type HistorianConfig, influxOptions } from './historian-config.ts'
import { HistorianMetrics } from './historian-metrics.ts'
import { addTelemetryRoute, type RegisteredDevice } from './telemetry-route.ts'
import { watchInflux } from './watch-influx.ts'

/** Carries the log into InfluxDB and answers for what is there. */
export async function startHistorian(context: ServiceContext<HistorianConfig>): Promise<Stop> {
  const { config, logger, health, metrics, http } = context
  const influx = new InfluxConnection(influxOptions(config))
  const ending = new AbortController()
  const { signal } = ending

  const bus = await connectBus(config.NATS_URL, 'historian', (reason) => health.report('nats', reason))
  await openStreams(bus.connection, config.PARTITIONS)
  const counts = new HistorianMetrics(metrics, () => backlog.records())
  const writer = new LineWriter(influx, {
    report: (reason) => health.report('writing', reason),
    answered: counts.answered,
  })
  const historian = new Historian({
    bus,
    writer,
    onSettled: (stored, unstorable) => counts.settled(stored, unstorable),
    onQuarantined: (bad) => logger.warn({ records: bad.length, reason: bad[0]?.reason }, 'not stored, in QUARANTINE'),
    onRetry: (error) => logger.warn({ err: error }, 'trying again'),
  })
  const backlog = new Backlog(bus, historian)

  const devices = new Map<string, RegisteredDevice>()
  await mirrorBucket<Equipment>(
    bus,
    buckets.equipment,
    (deviceId, equipment) => {
      if (equipment === undefined) devices.delete(deviceId)
      else devices.set(deviceId, { kind: equipment.kind, maintenanceUnit: equipment.maintenanceUnit })
    },
    signal,
  )
  await mirrorBucket<SessionEnd>(bus, buckets.sessions, (_key, end) => end && http.endedSessions.add(end), signal)
  addTelemetryRoute(http, {
    deviceOf: (deviceId) => devices.get(deviceId),
    read: (query) => readTelemetry(influx, query, signal),
  })
  health.report('influxdb', `InfluxDB at ${config.INFLUX_URL} has not answered yet`)
  void watchInflux(influx, (reason) => health.report('influxdb', reason), signal)
  historian.start()

  return async () => {
    await historian.stop()
    ending.abort()
    await bus.close()
  }
}
