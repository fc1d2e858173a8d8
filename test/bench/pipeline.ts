/**
 * The whole way of a frame under as much load as is acknowledged: gateway, log, engine with all rules, historian and
 * InfluxDB, beside a Node-RED that does a comparable job: `pnpm bench:pipeline [--seconds 60] [--lifts 100] [--window 500]
 * [--no-peer]`. Load generator and all processes share the machine.
 */
import { parseArgs } from 'node:util'
import { InfluxConnection } from '@lifeline/history'
import { startInfluxServer } from '@lifeline/test-support'
import { startGenerator } from './bench-processes.ts'
import { type BenchRow, machine, perSecond, say, tell } from './bench-row.ts'
import { firstSeq } from './elevator-frame.ts'
import type { LoadAccount } from './load-client.ts'
import { installNodeRed, startNodeRed } from './node-red.ts'
import { microsEach, partitions, settled, startProduct, storedFrames, usageOf } from './product.ts'
import { readStoredFrames } from './stored-frames.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    lifts: { type: 'string', default: '100' },
    window: { type: 'string', default: '500' },
    peer: { type: 'boolean', default: true },
    'gateway-options': { type: 'string' },
    'engine-options': { type: 'string' },
    'historian-options': { type: 'string' },
  },
  allowNegative: true,
})
const [seconds, lifts, window] = [values.seconds, values.lifts, values.window].map(Number) as [number, number, number]
const warmUpSeconds = 5
/** What has not come by then is lost. */
const patienceMs = 20_000

interface Measured {
  readonly acknowledgedRate: number
  /** From the first sent until the last is stored. */
  readonly storedRate: number
  readonly acknowledged: number
  readonly stored: number
  readonly nextSeqs: readonly number[]
}

say('machine', machine())
say('load', `${lifts} lifts, ${window} PUBLISHes each under way, a frame to each, for ${seconds} s`)

const product = await startProduct({
  ...(values['gateway-options'] && { gateway: values['gateway-options'] }),
  ...(values['engine-options'] && { engine: values['engine-options'] }),
  ...(values['historian-options'] && { historian: values['historian-options'] }),
})
const accounts = await product.register(lifts)
const ours = await measure('lifeline', product.port, accounts, product.stored, product.pids)
const log = await readStoredFrames(
  product.bus,
  partitions,
  accounts.map(({ clientId }) => clientId),
  ours.nextSeqs,
)
const incidents = await (await product.bus.connection.jetstreamManager()).streams.info('INCIDENTS')
say('log', `${log.different} frames, ${log.missing} acknowledged and missing, ${log.repeated} repeated`)
say('incidents', `${incidents.state.messages} events`)
const lost = log.missing + log.repeated + ours.acknowledged - ours.stored
if (lost !== 0) process.exitCode = 1
await product.stop()

const theirs = values.peer ? await measurePeer(accounts) : undefined
const ratio = (one: number, other: number | undefined): Partial<BenchRow> =>
  other === undefined ? {} : { ratio: one / other }
tell({
  what: `whole pipeline, ${seconds} s: acknowledged`,
  lifeline: `${perSecond(ours.acknowledgedRate)}, ${lost} lost`,
  ...(theirs && { peer: `Node-RED ${perSecond(theirs.acknowledgedRate)}` }),
  ...ratio(ours.acknowledgedRate, theirs?.acknowledgedRate),
  goal: '60,000/s, 0 lost',
  reached: ours.acknowledgedRate >= 60_000 && lost === 0,
})
tell({
  what: 'the same until all of it is in InfluxDB',
  lifeline: perSecond(ours.storedRate),
  ...(theirs && {
    peer: `Node-RED ${perSecond(theirs.storedRate)}, ${theirs.acknowledged - theirs.stored} lost`,
    reached: ours.storedRate >= 10 * theirs.storedRate,
  }),
  ...ratio(ours.storedRate, theirs?.storedRate),
  goal: '10 times',
})

async function measure(
  name: string,
  port: number,
  clients: readonly LoadAccount[],
  stored: () => Promise<number>,
  pids: Readonly<Record<string, number>>,
): Promise<Measured> {
  const generator = startGenerator()
  await generator.order({ order: 'connect', port, accounts: clients, window })
  await generator.order({ order: 'encode', packets: 2 * window, framesPerPacket: 1 })
  const warm = await generator.order({ order: 'send', seconds: warmUpSeconds })
  const before = await settled(stored, sent(warm.nextSeqs), patienceMs)
  const [used, startedAt] = [usageOf(pids), performance.now()]
  const { frames, seconds: took, nextSeqs } = await generator.order({ order: 'send', seconds })
  const atEnd = await stored()
  const all = await settled(stored, before + frames, patienceMs)
  const whole = (performance.now() - startedAt) / 1_000 - (all < before + frames ? patienceMs / 1_000 : 0)
  say(
    name,
    `${perSecond(frames / took)} acknowledged over ${took.toFixed(1)} s, of ${frames} stored ${atEnd - before} by then`,
  )
  say('', `${all - before} after ${whole.toFixed(1)} s: ${perSecond((all - before) / whole)}`)
  say('', microsEach(pids, used, frames))
  await generator.order({ order: 'end' })
  generator.end()
  return {
    acknowledgedRate: frames / took,
    storedRate: (all - before) / whole,
    acknowledged: sent(nextSeqs),
    stored: all,
    nextSeqs,
  }
}

async function measurePeer(clients: readonly LoadAccount[]): Promise<Measured | undefined> {
  const why = installNodeRed()
  if (why !== undefined) {
    say('node-red', `left out, as it could not be installed: ${why}`)
    return undefined
  }
  const database = await startInfluxServer()
  await new InfluxConnection({ url: database.url, database: 'lifeline' }).open(new AbortController().signal)
  const { server, port } = await startNodeRed(database.url)
  const pids = { 'node-red': server.pid ?? 0, influxd: database.process.pid ?? 0 }
  const measured = await measure('node-red', port, clients, () => storedFrames(database.url), pids)
  await server.stop('SIGKILL')
  await database.remove()
  return measured
}

function sent(nextSeqs: readonly number[]): number {
  return nextSeqs.reduce((sum, next) => sum + next - firstSeq, 0)
}
