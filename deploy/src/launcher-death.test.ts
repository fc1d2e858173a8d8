import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePorts } from './free-ports.ts'
import { processStart } from './process-table.ts'

/** A launcher with real servers and a process that does not watch its parent; prints the ids of what runs. */
const launcher = (folder: string, nats: number, influx: number): string => `
import { systemFolders } from '${import.meta.dirname}/find-program.ts'
import { findServers } from '${import.meta.dirname}/find-servers.ts'
import { influxServer } from '${import.meta.dirname}/influx-server.ts'
import { natsServer } from '${import.meta.dirname}/nats-server.ts'
import { serverSpec } from '${import.meta.dirname}/server-spec.ts'
import { Supervisor } from '${import.meta.dirname}/supervisor.ts'

const found = await findServers([natsServer, influxServer], systemFolders(), console.error, new AbortController().signal)
const supervisor = new Supervisor('${folder}/logs', console.error, () => {})
const ports = [${nats}, ${influx}]
for (const { server, source } of found) {
  const port = ports.shift()
  const place = { folder: '${folder}/' + server.program, host: '127.0.0.1', port }
  supervisor.start(serverSpec(server, source, place))
  while (!(await server.answers('127.0.0.1', port))) await new Promise((resolve) => setTimeout(resolve, 20))
}
const args = ['-e', 'setInterval(() => {}, 1000)']
supervisor.start({ name: 'deaf', command: process.execPath, args, cwd: '${folder}', env: process.env })
console.log(JSON.stringify(supervisor.pids()))
`

test('a launcher killed with SIGKILL leaves no process behind', async () => {
  const folder = await tempFolder()
  onTestFinished(folder.remove)
  const script = join(folder.path, 'launcher.mts')
  const [nats = 0, influx = 0] = await freePorts(2)
  await writeFile(script, launcher(folder.path, nats, influx))
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  const pids = Object.values(JSON.parse(line) as Record<string, number>)
  expect(pids.map(processStart)).toEqual(Array(3).fill(expect.any(String)))

  child.kill('SIGKILL')
  await vi.waitFor(() => expect(pids.map(processStart)).toEqual(Array(3).fill(undefined)), 10_000)
})
