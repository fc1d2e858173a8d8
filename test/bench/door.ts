/**
 * What the front door bears: memory of idle connections, a reconnect storm with an untouched lift's alarm through it,
 * and what a flooding client does to another's PUBACK: `pnpm bench:door [--clients 10000] [--rounds 5] [--gateways 1]`.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { connectBus, openStreams } from '@lifeline/bus'
import { freePort, serviceProcess, startNatsServer, tempFolder } from '@lifeline/test-support'
import { AlarmProbe } from './alarm-probe.ts'
import { registerLifts, registerSite } from './bench-district.ts'
import { cpuSeconds, memoryOf, startGateway, startGenerator } from './bench-processes.ts'
import { say, spread, tell } from './bench-row.ts'
import { firstSeq } from './elevator-frame.ts'
import { type LoadAccount, LoadClient } from './load-client.ts'
import type { OwnMemory } from './own-memory.ts'
import { encodePublishes } from './publish-stream.ts'
import { quantile, sorted } from './statistics.ts'
import type { StormOrder } from './storm-clients.ts'

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    /** Several share a port, as with `pnpm start --gateways N`. */
    gateways: { type: 'string', default: '1' },
    'gateway-options': { type: 'string', default: '' },
  },
})
const [clients, rounds] = [Number(values.clients), Number(values.rounds)]
const partitions = 8
/** The flood: frames to a PUBLISH and a second. */
const framesPerPacket = 3
const floodPerSecond = 50_000
/** For what a burst left to be done. */
const quietMs = 5_000
const alarmEveryMs = 50

const nats = await startNatsServer()
const bus = await connectBus(nats.url, 'bench', () => undefined)
await openStreams(bus.connection, partitions)
const [flooding, neighbour, stranger, , ...idle] = await registerLifts(bus, 4 + clients)
const site = await registerSite(bus, 'untouched', 2_000)
if (flooding === undefined || neighbour === undefined || stranger === undefined) throw new Error('no lifts')
const folder = await tempFolder()
const engine = await serviceProcess('engine', {
  NATS_URL: nats.url,
  DATA_DIR: folder.path,
  PARTITIONS: String(partitions),
  LOG_LEVEL: 'warn',
})
await engine.process.start()
const options = values['gateway-options'].split(' ').filter((option) => option !== '')
const port = await freePort()
const gateways = await Promise.all(
  Array.from({ length: Number(values.gateways) }, () => startGateway(nats.url, partitions, options, port)),
)
const gatewaySeconds = (): number => gateways.reduce((sum, { child }) => sum + cpuSeconds(child.pid ?? 0), 0)
const gatewayMemory = async (): Promise<OwnMemory> => {
  const memories = await Promise.all(gateways.map(({ child }) => memoryOf(child)))
  const sum = (part: keyof OwnMemory): number => memories.reduce((total, memory) => total + memory[part], 0)
  return { heap: sum('heap'), external: sum('external'), resident: sum('resident') }
}
const storm = fork(fileURLToPath(new URL('storm-clients.ts', import.meta.url)), { execPath: process.execPath })
const probe = await AlarmProbe.start(bus, port, site.account, site.lifts, partitions)
say('load', `${loadavg()[0]?.toFixed(1)} before`)

await delay(quietMs)
say('alone', `alarm ${spread(await probe.until(delay(10_000), alarmEveryMs))}`)
const before = await gatewayMemory()
const signedIn = await order(storm, { order: 'connect', port, accounts: idle })
await delay(quietMs)
const connected = await gatewayMemory()
const subscribed = await order(storm, { order: 'subscribe' })
await delay(quietMs)
const withSubscription = await gatewayMemory()
const each = (now: OwnMemory): string => {
  const [resident, heap, external] = (['resident', 'heap', 'external'] as const).map(
    (part) => `${((now[part] - before[part]) / clients / 1_024).toFixed(1)} KiB`,
  )
  return `${resident} resident, of that ${heap} live objects and ${external} beside them`
}
say('idle', `a connection ${each(connected)}`)
say('', `with a subscription ${each(withSubscription)}`)
const idleKiB = (connected.resident - before.resident) / clients / 1_024
tell({
  what: `memory of an idle connection, of ${clients.toLocaleString('en')}`,
  lifeline: `${idleKiB.toFixed(1)} KiB`,
  goal: '25 KiB',
  reached: idleKiB <= 25,
})
say('', `${clients} signed in within ${signedIn.toFixed(1)} s, subscribed within ${subscribed.toFixed(1)} s`)

for (const after of ['outage', 'reset'] as const) {
  const usedBefore = gatewaySeconds()
  const back = order(storm, { order: 'storm', after })
  const alarms = await probe.until(back, alarmEveryMs)
  const what = after === 'reset' ? 'reset in one instant' : 'silent in an outage'
  const seconds = await back
  say('storm', `${clients} ${what}, back with their subscriptions within ${seconds.toFixed(1)} s`)
  say('', `${(((gatewaySeconds() - usedBefore) / clients) * 1e6).toFixed(0)} µs of the gateway's time each`)
  say('', `an untouched lift's alarm meanwhile ${spread(alarms)}`)
  tell({
    what: `${clients.toLocaleString('en')} ${what}: all back, an untouched lift's alarm meanwhile`,
    lifeline: `${seconds.toFixed(1)} s; ${spread(alarms)}`,
    goal: '20 s, p99 50 ms',
    reached: seconds <= 20 && quantile(alarms, 0.99) <= 50,
  })
  await delay(quietMs)
}
storm.disconnect()
await once(storm, 'exit')
await delay(quietMs)

const probing: LoadClient[] = []
const generator = startGenerator()
await generator.order({ order: 'connect', port, accounts: [flooding], window: 1_000 })
await generator.order({ order: 'encode', packets: 20_000, framesPerPacket })
await generator.order({ order: 'send' })
const probes = { stranger: await prober(stranger), neighbour: await prober(neighbour) }
const took = { strangerAlone: [0], strangerFlooded: [0], neighbourAlone: [0], neighbourFlooded: [0] }
for (const list of Object.values(took)) list.pop()
let flooded = { frames: 0, seconds: 0 }
await probes.stranger(500)
for (let round = 0; round < rounds; round++) {
  await generator.order({ order: 'encode', packets: 120_000, framesPerPacket })
  took.strangerAlone.push(...(await probes.stranger(400)))
  took.neighbourAlone.push(...(await probes.neighbour(400)))
  const flood = generator.order({ order: 'send', perSecond: floodPerSecond / framesPerPacket })
  // A flood begins with what may come at once: each meets that in turn.
  if (round % 2 === 0) took.strangerFlooded.push(...(await probes.stranger(400)))
  took.neighbourFlooded.push(...(await probes.neighbour(400)))
  if (round % 2 === 1) took.strangerFlooded.push(...(await probes.stranger(400)))
  const { frames, seconds } = await flood
  flooded = { frames: flooded.frames + frames, seconds: flooded.seconds + seconds }
  await delay(1_000)
}
const compare = (where: string, alone: readonly number[], beside: readonly number[]): void => {
  const ratio = quantile(beside, 0.99) / quantile(alone, 0.99)
  say('', `${where}: PUBACK ${spread(alone)} alone, ${spread(beside)} beside it: ${ratio.toFixed(1)} times`)
  tell({
    what: `PUBACK beside a flood, ${where}: p99 of that alone`,
    lifeline: `${ratio.toFixed(1)} times`,
    goal: 'under 2 times',
    reached: ratio < 2,
  })
}
say('flood', `${Math.round(flooded.frames / flooded.seconds).toLocaleString('en')} frames/s of one lift`)
compare('on another site', sorted(took.strangerAlone), sorted(took.strangerFlooded))
compare('on its own site', sorted(took.neighbourAlone), sorted(took.neighbourFlooded))
say('load', `${loadavg()[0]?.toFixed(1)} after`)

await generator.order({ order: 'end' })
generator.end()
probe.end()
for (const client of probing) client.end()
for (const { child } of gateways) {
  child.kill('SIGTERM')
  await once(child, 'exit')
}
await engine.process.stop()
await bus.close()
await nats.remove()
await folder.remove()
process.exit(0)

/** Gives an order to the storm; resolves with the seconds that it took. */
async function order(child: ChildProcess, what: StormOrder): Promise<number> {
  child.send(what)
  const [seconds] = (await once(child, 'message')) as [number]
  return seconds
}

/** Sends a frame every few ms, each when the one before is acknowledged; gives the milliseconds that PUBACKs took. */
async function prober(account: LoadAccount): Promise<(frames: number) => Promise<number[]>> {
  const client = await LoadClient.connect(port, account, 1)
  probing.push(client)
  let seq = firstSeq
  return async (frames) => {
    const latencies: number[] = []
    for (let i = 0; i < frames; i++) {
      const stream = encodePublishes(account.topic, 0, seq++, 1, 1, client.acknowledged)
      const startedAt = performance.now()
      await client.send(stream)
      latencies.push(performance.now() - startedAt)
      await delay(2)
    }
    return latencies
  }
}
