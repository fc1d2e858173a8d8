/**
 * What each process needs for lifts that report once in ten seconds: `pnpm bench:cost [--lifts 10000] [--seconds 30]`.
 * The load generator is this process and not counted.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { connectBus, openStreams } from '@lifeline/bus'
import { streams } from '@lifeline/contracts'
import { serviceProcess, startInfluxServer, startNatsServer } from '@lifeline/test-support'
import { benchLifts, enterIntoLog, registerLifts } from './bench-district.ts'
import { cpuSeconds, startGateway } from './bench-processes.ts'
import { machine, tell } from './bench-row.ts'
import { firstSeq } from './elevator-frame.ts'
import { LoadClient } from './load-client.ts'
import { encodePublishes } from './publish-stream.ts'

const { values } = parseArgs({
  options: { lifts: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '30' } },
})
const [lifts, seconds] = [Number(values.lifts), Number(values.seconds)]
const partitions = 8
const reportMs = 10_000

const nats = await startNatsServer()
const database = await startInfluxServer()
const bus = await connectBus(nats.url, 'bench', () => undefined)
await openStreams(bus.connection, partitions)
const env = {
  NATS_URL: nats.url,
  INFLUX_URL: database.url,
  PARTITIONS: String(partitions),
  SESSION_SECRET: 'only for this benchmark, signs nothing',
  LOG_LEVEL: 'warn',
}
const gateway = await startGateway(nats.url, partitions, [])
const [engine, historian] = [await serviceProcess('engine', env), await serviceProcess('historian', env)]
await Promise.all([engine.process.start(), historian.process.start()])
const pids: Readonly<Record<string, number | undefined>> = {
  gateway: gateway.child.pid,
  engine: engine.process.pid,
  historian: historian.process.pid,
  'nats-server': nats.process.pid,
  influxd: database.process.pid,
}
const residentMiB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
const measured = () =>
  Object.entries(pids).map(([name, pid = 0]) => ({ name, cpu: cpuSeconds(pid), resident: residentMiB(pid) }))

const idleSeconds = 10
const idleFrom = measured()
await delay(idleSeconds * 1_000)
const idle = measured()
const accounts = await registerLifts(bus, lifts)
await enterIntoLog(bus, partitions, benchLifts(lifts))
const clients: LoadClient[] = []
for (let at = 0; at < accounts.length; at += 100) {
  const some = accounts.slice(at, at + 100)
  clients.push(...(await Promise.all(some.map((account) => LoadClient.connect(gateway.port, account, 1)))))
}
for (const device of clients.keys()) void report(device)
// One whole round, so that every process has seen every lift.
await delay(reportMs * 1.5)
const [before, stored, sent] = [measured(), await logBytes(), acknowledged()]
await delay(seconds * 1_000)
const [after, storedAfter, sentAfter] = [measured(), await logBytes(), acknowledged()]

const share = (from: typeof idle, to: typeof idle, i: number, overSeconds: number): string =>
  ((100 * ((to[i]?.cpu ?? 0) - (from[i]?.cpu ?? 0))) / overSeconds).toFixed(1).padStart(6)
console.log(`machine    ${machine()}`)
console.log(
  `load       ${lifts} lifts, ${((sentAfter - sent) / seconds).toFixed(0)} frames/s acknowledged over ${seconds} s`,
)
console.log(`log        ${((storedAfter - stored) / (sentAfter - sent)).toFixed(0)} bytes a frame in JetStream`)
console.log(`${' '.repeat(11)}with no lift at all            with ${lifts} lifts`)
for (const [i, { name, resident }] of after.entries()) {
  const [none, all] = [share(idleFrom, idle, i, idleSeconds), share(before, after, i, seconds)]
  const mebibytes = (value = 0): string => `${value.toFixed(0).padStart(5)} MiB`
  console.log(
    `${name.padEnd(11)}${none} % of a core, ${mebibytes(idle[i]?.resident)}    ${all} % of a core, ${mebibytes(resident)}`,
  )
}
const grown = (i: number): string => `${((after[i]?.resident ?? 0) - (idle[i]?.resident ?? 0)).toFixed(0)} MiB`
tell({
  what: `memory for ${lifts.toLocaleString('en')} lifts that report every 10 s`,
  lifeline: after.map(({ name }, i) => `${name} ${grown(i)}`).join(', '),
})
for (const client of clients) client.end()
gateway.child.kill('SIGKILL')
await Promise.all([engine, historian].map((one) => one.process.stop('SIGKILL')))
await bus.connection.close()
await Promise.all([nats.remove(), database.remove()])
process.exit()

/** Sends a frame every ten seconds, beginning somewhere in the first ten. */
async function report(device: number): Promise<never> {
  await delay((reportMs * device) / lifts)
  const client = clients[device] as LoadClient
  const topic = accounts[device]?.topic ?? ''
  for (let seq = firstSeq; ; seq++) {
    const next = delay(reportMs)
    await client.send(encodePublishes(topic, device, seq, 1, 1, client.acknowledged))
    await next
  }
}

function acknowledged(): number {
  return clients.reduce((sum, client) => sum + client.acknowledged, 0)
}

async function logBytes(): Promise<number> {
  const manager = await bus.connection.jetstreamManager()
  return (await manager.streams.info(streams.telemetry)).state.bytes
}
