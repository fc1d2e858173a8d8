/**
 * QoS 1 frames per second acknowledged after durable commit, beside the rate of a bare Mosquitto in the same run:
 * `pnpm bench:ingest [--rounds 5] [--frames 400000] [--window 500] [--lifts 100]`.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { connectBus, openStreams } from '@lifeline/bus'
import { startNatsServer, tempFolder } from '@lifeline/test-support'
import { registerLifts } from './bench-district.ts'
import { cpuSeconds, startGateway, startGenerator, startMosquitto } from './bench-processes.ts'
import { machine, perSecond, tell } from './bench-row.ts'
import { median } from './statistics.ts'
import { readStoredFrames } from './stored-frames.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    frames: { type: 'string', default: '400000' },
    window: { type: 'string', default: '500' },
    lifts: { type: 'string', default: '100' },
    partitions: { type: 'string', default: '8' },
    /** Frames to a PUBLISH in the second measurement. */
    array: { type: 'string', default: '20' },
    'gateway-options': { type: 'string', default: '' },
  },
})
const [rounds, frames, window, lifts, partitions, array] = [
  values.rounds,
  values.frames,
  values.window,
  values.lifts,
  values.partitions,
  values.array,
].map(Number) as [number, number, number, number, number, number]

const folder = await tempFolder()
const nats = await startNatsServer()
const bus = await connectBus(nats.url, 'bench', () => undefined)
await openStreams(bus.connection, partitions)
const accounts = await registerLifts(bus, lifts)
const options = values['gateway-options'].split(' ').filter((option) => option !== '')
const gateway = await startGateway(nats.url, partitions, options)
const mosquitto = await startMosquitto(folder.path)

console.log(`machine    ${machine()}`)
const mosquittoVersion = spawnSync('mosquitto', ['-h'], { encoding: 'utf8' }).stdout.split('\n')[0]
console.log(`beside     ${mosquittoVersion}`)
console.log(`load       ${lifts} lifts, ${window} PUBLISHes each under way, ${frames} frames a round, one to a PUBLISH`)

const ours = startGenerator()
const theirs = startGenerator()
await ours.order({ order: 'connect', port: gateway.port, accounts, window })
await theirs.order({ order: 'connect', port: mosquitto.port, accounts, window })

const packets = Math.ceil(frames / lifts)
const used = (): [number, number] => [cpuSeconds(gateway.child.pid ?? 0), cpuSeconds(nats.process.pid ?? 0)]
const oursRates: number[] = []
const theirsRates: number[] = []
let nextSeqs: readonly number[] = []
for (let round = 0; round <= rounds; round++) {
  const name = round === 0 ? 'warm-up' : `round ${round}`
  await ours.order({ order: 'encode', packets, framesPerPacket: 1 })
  const before = used()
  const a = await ours.order({ order: 'send' })
  const after = used()
  await theirs.order({ order: 'encode', packets, framesPerPacket: 1 })
  const b = await theirs.order({ order: 'send' })
  nextSeqs = a.nextSeqs
  const [gatewayMicros, natsMicros] = [0, 1].map((i) => (((after[i] ?? 0) - (before[i] ?? 0)) / a.frames) * 1e6)
  const [rateA, rateB] = [a.frames / a.seconds, b.frames / b.seconds]
  console.log(
    `${name.padEnd(10)} lifeline ${perSecond(rateA)} (gateway ${gatewayMicros?.toFixed(1)} µs, ` +
      `nats-server ${natsMicros?.toFixed(1)} µs a frame) · mosquitto ${perSecond(rateB)}`,
  )
  if (round === 0) continue
  oursRates.push(rateA)
  theirsRates.push(rateB)
}
const arrayRates: number[] = []
for (let round = 0; round < Math.min(rounds, 3); round++) {
  await ours.order({ order: 'encode', packets: Math.ceil(packets / array), framesPerPacket: array })
  const report = await ours.order({ order: 'send' })
  arrayRates.push(report.frames / report.seconds)
  nextSeqs = report.nextSeqs
}

const [rate, bare] = [median(oursRates), median(theirsRates)]
console.log(`arrays     ${perSecond(median(arrayRates))} with ${array} frames to a PUBLISH`)

await ours.order({ order: 'end' })
await theirs.order({ order: 'end' })
ours.end()
theirs.end()
await mosquitto.server.stop()
gateway.child.kill('SIGTERM')
await once(gateway.child, 'exit')

const stored = await readStoredFrames(
  bus,
  partitions,
  accounts.map(({ clientId }) => clientId),
  nextSeqs,
)
console.log(
  `log        ${stored.different.toLocaleString('en')} frames; of those acknowledged ${stored.missing} missing, ` +
    `${stored.repeated} repeated`,
)
const lost = stored.missing + stored.repeated
tell({
  what: 'ingest, QoS 1, acknowledged when in the log',
  lifeline: `${perSecond(rate)}, ${lost} lost`,
  peer: `Mosquitto, bare ${perSecond(bare)}`,
  ratio: rate / bare,
  goal: '100,000/s and 3 times',
  reached: rate >= 100_000 && rate >= 3 * bare && lost === 0,
})
if (lost > 0) process.exitCode = 1

await bus.close()
await nats.remove()
await folder.remove()
