/**
 * How soon rules judge again after SIGKILL of an engine that remembers many lifts: begun anew under its name, and taken
 * over by another: `pnpm bench:recovery [--lifts 100000] [--rounds 3]`. The lifts report every ten seconds, straight into
 * the log.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { connectBus, GroupCommit, openStreams } from '@lifeline/bus'
import { type IncidentEvent, partitionOf, telemetrySubject } from '@lifeline/contracts'
import { eventually, type ServiceProcess, serviceProcess, startNatsServer, tempFolder } from '@lifeline/test-support'
import { benchLifts, enterIntoLog } from './bench-district.ts'
import { machine, tell } from './bench-row.ts'
import { elevatorFrame, firstSeq } from './elevator-frame.ts'
import { partitions } from './product.ts'
import { median } from './statistics.ts'

const { values } = parseArgs({
  options: { lifts: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
})
const [count, rounds] = [Number(values.lifts), Number(values.rounds)]
const reportMs = 10_000
const stepMs = 100
/** More than two snapshots apart, so that the log behind one is as long as it usually is. */
const betweenMs = 25_000
const goalSeconds = 5

console.log(`machine    ${machine()}`)
const [nats, folder] = [await startNatsServer(), await tempFolder()]
const bus = await connectBus(nats.url, 'bench', () => undefined)
await openStreams(bus.connection, partitions)
const lifts = benchLifts(count)
await enterIntoLog(bus, partitions, lifts)
const commits = Array.from(
  { length: partitions },
  (_, partition) => new GroupCommit(bus.connection, telemetrySubject(partition), randomUUID(), () => undefined),
)
const add = (partition: number, record: string): void =>
  (commits[partition] as GroupCommit).add(record, () => undefined)
let reporting = 0
let pressed = 0
const reports = setInterval(report, stepMs)
const ticks = setInterval(() => {
  for (let partition = 0; partition < partitions; partition++)
    add(partition, `{"type":"tick","receivedAt":${Date.now()}}`)
}, 1_000)

const one = await engine('one')
await one.process.start()
await delay(reportMs * 2)
const restarts: number[] = []
for (let round = 0; round < rounds; round++) {
  await judged()
  await delay(betweenMs)
  restarts.push(await recovery(one, () => one.process.start()))
  console.log(`restart    ${restarts.at(-1)?.toFixed(2)} s`)
}
const [engines, takeovers]: [ServiceProcess[], number[]] = [[one, await engine('two')], []]
await engines[1]?.process.start()
for (let round = 0; round < rounds; round++) {
  await delay(betweenMs)
  await judged()
  const dies = engines[round % 2] as ServiceProcess
  takeovers.push(await recovery(dies, async () => undefined))
  console.log(`fail-over  ${takeovers.at(-1)?.toFixed(2)} s`)
  await dies.process.start()
}
for (const [what, seconds] of [
  [`engine of ${count.toLocaleString('en')} lifts, SIGKILL, started again: judging`, median(restarts)],
  ['the same, another engine takes over', median(takeovers)],
] as const) {
  tell({ what, lifeline: `after ${seconds.toFixed(1)} s`, goal: `${goalSeconds} s`, reached: seconds <= goalSeconds })
}
clearInterval(reports)
clearInterval(ticks)
await Promise.all(engines.map(({ process }) => process.stop('SIGKILL')))
await bus.close()
await Promise.all([nats.remove(), folder.remove()])

function engine(name: string): Promise<ServiceProcess> {
  return serviceProcess('engine', {
    NATS_URL: nats.url,
    DATA_DIR: folder.path,
    PARTITIONS: String(partitions),
    ENGINE_NAME: name,
    LOG_LEVEL: 'error',
  })
}

/** Seconds from the kill until each partition has been judged anew. */
async function recovery(dies: ServiceProcess, next: () => Promise<void>): Promise<number> {
  await dies.process.stop('SIGKILL')
  const startedAt = performance.now()
  const [seconds] = await Promise.all([judged().then(() => (performance.now() - startedAt) / 1_000), next()])
  return seconds
}

/** Presses an alarm button in each partition now; resolves when every incident of that is on NATS. */
async function judged(): Promise<void> {
  const waiting = new Set<string>()
  const subscription = bus.connection.subscribe('incident.elevator.alarm_button.*', {
    callback: (error, message) => {
      if (error === null) waiting.delete(message.json<IncidentEvent>().subject)
    },
  })
  await bus.connection.flush()
  for (let partition = 0; partition < partitions; partition++) {
    while (partitionOf(lifts[pressed]?.siteId ?? '', partitions) !== partition) pressed++
    const index = pressed++
    const { deviceId } = lifts[index] as (typeof lifts)[number]
    waiting.add(deviceId)
    frame(index, { time: Date.now(), alarmButton: true, speed: 0, door: 'closed', floor: 3 })
  }
  await eventually('judged again', async () => (waiting.size === 0 ? true : undefined), {
    withinMs: 120_000,
    everyMs: 10,
  })
  subscription.unsubscribe()
}

/** Those of this step's lifts. */
function report(): void {
  const step = (count * stepMs) / reportMs
  const round = Math.floor(reporting / count)
  for (let i = 0; i < step; i++) {
    const index = reporting++ % count
    const text = elevatorFrame(index, firstSeq + round)
    frame(index, { ...JSON.parse(text), time: Date.now() })
  }
}

function frame(index: number, content: object): void {
  const { deviceId, siteId } = lifts[index] as (typeof lifts)[number]
  const record = { type: 'frame', kind: 'elevator', deviceId, siteId, receivedAt: Date.now(), frame: content }
  add(partitionOf(siteId, partitions), JSON.stringify(record))
}
