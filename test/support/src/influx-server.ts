import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import type { TestServer } from './nats-server.ts'
import { type RunOptions, ServerProcess } from './server-process.ts'
import { tempFolder } from './temp-folder.ts'

/** An InfluxDB 1.x on a free port, its data in a temporary folder, without a database. */
export async function startInfluxServer(options: RunOptions = {}): Promise<TestServer> {
  const [port, rpcPort] = [await freePort(), await freePort()]
  const folder = await tempFolder()
  const config = join(folder.path, 'influxdb.conf')
  await writeFile(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
dir = "${folder.path}/meta"
[data]
dir = "${folder.path}/data"
wal-dir = "${folder.path}/wal"
index-version = "tsi1"
query-log-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
[monitor]
store-enabled = false
`,
  )
  const url = `http://127.0.0.1:${port}`
  const answers = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/ping`)).ok
    } catch {
      // Not listening yet.
      return false
    }
  }
  const server = new ServerProcess('influxd', ['-config', config], answers, options)
  await server.start()
  return {
    url,
    process: server,
    remove: async () => {
      await server.stop('SIGKILL')
      await folder.remove()
    },
  }
}
