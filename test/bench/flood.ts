/**
 * What one flooding client does to another's PUBACK, and what a connection costs: `node test/bench/flood.ts`.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { connectBus, openStreams } from '@lifeline/bus'
import { startNatsServer } from '@lifeline/test-support'
import { registerLifts } from './bench-district.ts'
import { cpuSeconds, startGateway, startGenerator } from './bench-processes.ts'
import { firstSeq } from './elevator-frame.ts'
import { type LoadAccount, LoadClient } from './load-client.ts'
import { encodePublishes } from './publish-stream.ts'

const partitions = 8
const idleClients = 2_000
const floodWindow = 5_000

const nats = await startNatsServer()
const bus = await connectBus(nats.url, 'bench', () => undefined)
await openStreams(bus.connection, partitions)
const [flooding, neighbour, stranger, ...idle] = await registerLifts(bus, 8 + idleClients)
if (flooding === undefined || neighbour === undefined || stranger === undefined) throw new Error('no lifts')
const gateway = await startGateway(nats.url, partitions, [])
const pid = gateway.child.pid ?? 0
const generator = startGenerator()
await generator.order({ order: 'connect', port: gateway.port, accounts: [flooding], window: floodWindow })

/** Sends a frame every few ms, each when the one before is acknowledged; says how long the PUBACKs took. */
async function probe(account: LoadAccount, frames: number): Promise<string> {
  const client = await LoadClient.connect(gateway.port, account, 1)
  const took: number[] = []
  for (let i = 0; i < frames; i++) {
    const stream = encodePublishes(account.topic, 0, firstSeq + i, 1, 1, client.acknowledged)
    const startedAt = performance.now()
    await client.send(stream)
    took.push(performance.now() - startedAt)
    await delay(2)
  }
  client.end()
  took.sort((a, b) => a - b)
  const quantile = (q: number): string => `${took[Math.floor(q * frames)]?.toFixed(2)} ms`
  return `p50 ${quantile(0.5)}, p99 ${quantile(0.99)}`
}

console.log(`load       ${loadavg()[0]?.toFixed(1)} before`)
await generator.order({ order: 'send', packets: 200_000, framesPerPacket: 1 })
await probe(stranger, 500)
console.log(`alone      PUBACK ${await probe(stranger, 1_000)}`)
const flood = generator.order({ order: 'send', packets: 1_000_000, framesPerPacket: 1 })
// It begins with encoding.
await delay(4_000)
console.log(`flooded    PUBACK ${await probe(stranger, 500)} on another site`)
console.log(`flooded    PUBACK ${await probe(neighbour, 500)} on the same site`)
const { frames, seconds } = await flood
console.log(`flood      ${Math.round(frames / seconds).toLocaleString('en')} frames/s, ${floodWindow} under way`)

const residentKiB = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1])
await delay(2_000)
const before = { resident: residentKiB(), cpu: cpuSeconds(pid), at: performance.now() }
const clients = await Promise.all(
  idle.slice(0, idleClients).map((account) => LoadClient.connect(gateway.port, account, 1)),
)
const connectedIn = ((performance.now() - before.at) / 1_000).toFixed(2)
const perClient = (((cpuSeconds(pid) - before.cpu) / idleClients) * 1e6).toFixed(0)
await delay(5_000)
const each = ((residentKiB() - before.resident) / idleClients).toFixed(1)
console.log(
  `storm      ${idleClients} clients signed in within ${connectedIn} s, ${perClient} µs of the gateway's time each`,
)
console.log(`idle       ${each} KiB resident a connection`)

for (const client of clients) client.end()
await generator.order({ order: 'end' })
generator.end()
gateway.child.kill('SIGTERM')
await once(gateway.child, 'exit')
await bus.close()
await nats.remove()
