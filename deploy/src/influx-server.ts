import { join } from 'node:path'
import { hostInUrl } from './host-in-url.ts'
import { type OwnServer, versionNumbers } from './own-server.ts'
import { storageNiceness } from './storage-niceness.ts'

/** InfluxDB 1.x, which holds the history. */
export const influxServer: OwnServer = {
  name: 'influx',
  program: 'influxd',
  debianPackage: 'influxdb',
  download: 'InfluxDB 1.8 of https://www.influxdata.com/downloads',
  image: 'influxdb:1.8',
  imageEntrypoint: 'influxd',
  urlVariable: 'INFLUX_URL',
  versionArgs: ['version'],
  niceness: storageNiceness,
  refuse: (version) =>
    versionNumbers(version)[0] === 1
      ? undefined
      : `${version} is not InfluxDB 1.x; a server of 2.x is used by starting it yourself and giving INFLUX_URL`,
  config: ({ folder, host, port }) => {
    const dir = (name: string): string => JSON.stringify(join(folder, name))
    return `reporting-disabled = true
# Backup and restore over TCP; nobody here uses it, so it takes any free port.
bind-address = "127.0.0.1:0"

[meta]
  dir = ${dir('meta')}

[data]
  dir = ${dir('data')}
  wal-dir = ${dir('wal')}
  index-version = "tsi1"
  query-log-enabled = false
  cache-max-memory-size = "1g"
  cache-snapshot-memory-size = "25m"
  # The number of devices has no limit.
  max-series-per-database = 0
  max-values-per-tag = 0

[monitor]
  store-enabled = false

[http]
  bind-address = ${JSON.stringify(`${hostInUrl(host)}:${port}`)}
  log-enabled = false
  auth-enabled = false

[continuous_queries]
  enabled = false

[subscriber]
  enabled = false

[logging]
  format = "logfmt"
  suppress-logo = true
`
  },
  args: (configFile) => ['-config', configFile],
  answers: async (host, port) => {
    try {
      const { ok } = await fetch(`http://${hostInUrl(host)}:${port}/ping`, { signal: AbortSignal.timeout(1_000) })
      return ok
    } catch {
      // Not listening yet.
      return false
    }
  },
}
