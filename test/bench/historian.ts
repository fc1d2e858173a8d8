/**
 * How fast the historian catches up with a log that is there already, beside the rate at which influxd takes the same
 * lines from nobody but a bare sender: `pnpm bench:historian [--frames 200000] [--per-message 50] [--devices 1000]`.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Bus, connectBus, openStreams } from '@lifeline/bus'
import { type FrameRecord, partitionOf, telemetrySubject } from '@lifeline/contracts'
import { InfluxConnection, lineOf } from '@lifeline/history'
import { serviceProcess, startInfluxServer, startNatsServer } from '@lifeline/test-support'
import { cpuSeconds } from './bench-processes.ts'
import { machine, perSecond, tell } from './bench-row.ts'
import { elevatorFrame, firstSeq } from './elevator-frame.ts'

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '200000' },
    'per-message': { type: 'string', default: '50' },
    devices: { type: 'string', default: '1000' },
    'historian-options': { type: 'string', default: '' },
  },
})
const [frames, perMessage, devices] = [values.frames, values['per-message'], values.devices].map(Number) as [
  number,
  number,
  number,
]
const partitions = 8
const linesPerWrite = 8_000
const { signal } = new AbortController()

const nats = await startNatsServer()
const database = await startInfluxServer()
const bus = await connectBus(nats.url, 'bench', () => undefined)
await openStreams(bus.connection, partitions)
console.log(`machine    ${machine()}`)
console.log(`log        ${frames} frames of ${devices} lifts, ${perMessage} to a message`)

const lines = await fillLog(bus)
const bareRate = await writeBare(lines)
console.log(
  `influxd    ${Math.round(bareRate).toLocaleString('en')} lines/s from a bare sender, two requests under way`,
)

const historian = await serviceProcess('historian', {
  NATS_URL: nats.url,
  INFLUX_URL: database.url,
  PARTITIONS: String(partitions),
  SESSION_SECRET: 'only for this benchmark, signs nothing',
  LOG_LEVEL: 'warn',
  NODE_OPTIONS: values['historian-options'],
})
await historian.process.start()
const { rate, seconds, micros } = await watchStored()
console.log(
  `historian  ${Math.round(rate).toLocaleString('en')} frames/s over ${seconds.toFixed(1)} s ` +
    `(historian ${micros[0]?.toFixed(1)} µs, influxd ${micros[1]?.toFixed(1)} µs, nats-server ${micros[2]?.toFixed(1)} µs a frame)`,
)
tell({
  what: 'historian catching up',
  lifeline: perSecond(rate),
  peer: `influxd alone, prepared lines ${perSecond(bareRate)}`,
  ratio: rate / bareRate,
  goal: '200,000/s',
  reached: rate >= 200_000,
})

const influx = new InfluxConnection({ url: database.url, database: 'lifeline' })
const [row] = await influx.query('SELECT count("seq") FROM "elevator"', signal)
console.log(`stored     ${row?.[1]} of ${frames}`)
if (row?.[1] !== frames) process.exitCode = 1

await historian.process.stop()
await bus.close()
await database.remove()
await nats.remove()

/** Fills the log as a gateway does, in runs of frames of one partition, and returns the lines they will become. */
async function fillLog({ connection }: Bus): Promise<string[]> {
  const jetstream = connection.jetstream()
  const runs: FrameRecord[][] = Array.from({ length: partitions }, () => [])
  const lines: string[] = []
  let underWay: Promise<unknown>[] = []
  const publish = async (partition: number): Promise<void> => {
    const run = runs[partition]?.splice(0) ?? []
    if (run.length > 0) underWay.push(jetstream.publish(telemetrySubject(partition), JSON.stringify(run)))
    if (underWay.length >= 256) await Promise.all(underWay.splice(0))
  }
  for (let i = 0; i < frames; i++) {
    const [deviceId, siteId] = [`EL-${i % devices}`, `building-${Math.floor((i % devices) / 4) + 1}`]
    const frame = JSON.parse(elevatorFrame(i % devices, firstSeq + i)) as FrameRecord['frame']
    const record: FrameRecord = { type: 'frame', kind: 'elevator', deviceId, siteId, receivedAt: Date.now(), frame }
    lines.push(lineOf(record))
    const partition = partitionOf(siteId, partitions)
    if (runs[partition]?.push(record) === perMessage) await publish(partition)
  }
  for (let partition = 0; partition < partitions; partition++) await publish(partition)
  await Promise.all(underWay)
  underWay = []
  return lines
}

/** Lines per second that influxd takes, in a database of their own. */
async function writeBare(lines: readonly string[]): Promise<number> {
  const bare = new InfluxConnection({ url: database.url, database: 'bare' })
  await bare.open(signal)
  const bodies: string[] = []
  for (let i = 0; i < lines.length; i += linesPerWrite) bodies.push(lines.slice(i, i + linesPerWrite).join('\n'))
  const start = performance.now()
  const send = async (): Promise<void> => {
    for (let body = bodies.shift(); body !== undefined; body = bodies.shift()) {
      const answer = await bare.write(body, signal)
      if (answer.outcome !== 'stored') throw new Error(`influxd took not all: ${answer.reason}`)
    }
  }
  await Promise.all([send(), send()])
  return lines.length / ((performance.now() - start) / 1_000)
}

/** From when frames are first seen to be stored until the last is; with what each process used for one. */
async function watchStored(): Promise<{ rate: number; seconds: number; micros: readonly number[] }> {
  const used = (): number[] => [historian, database, nats].map(({ process }) => cpuSeconds(process.pid ?? 0))
  let [start, first, before] = [0, 0, used()]
  for (;;) {
    const stored = await storedTotal()
    if (first === 0) [start, first, before] = [performance.now(), stored, used()]
    if (stored >= frames) {
      const seconds = (performance.now() - start) / 1_000
      const micros = used().map((cpu, i) => ((cpu - (before[i] ?? 0)) / (stored - first)) * 1e6)
      return { rate: (stored - first) / seconds, seconds, micros }
    }
    await delay(200)
  }
}

async function storedTotal(): Promise<number> {
  const text = await (await fetch(`${historian.url}/metrics`)).text()
  return Number(/^lifeline_frames_stored_total\{type="frame"\} (\d+)/m.exec(text)?.[1] ?? 0)
}
