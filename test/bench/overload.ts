/**
 * Twice as many frames as the whole pipeline takes, offered for a while: whether anybody is dropped or anything lost that
 * was acknowledged, and how long the alarm of a lift takes that has nothing to do with it:
 * `pnpm bench:overload [--seconds 30] [--lifts 100] [--every 25]`.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { AlarmProbe } from './alarm-probe.ts'
import { registerSite } from './bench-district.ts'
import { startGenerator } from './bench-processes.ts'
import { machine, perSecond, spread, tell } from './bench-row.ts'
import { partitions, startProduct } from './product.ts'
import { quantile } from './statistics.ts'
import { readStoredFrames } from './stored-frames.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    lifts: { type: 'string', default: '100' },
    /** ms from one alarm to the next. */
    every: { type: 'string', default: '25' },
  },
})
const [seconds, lifts, everyMs] = [Number(values.seconds), Number(values.lifts), Number(values.every)]
const capacitySeconds = 10
/** More than the gateway takes of one connection before it stops reading. */
const window = 2_000
const goal = { p50: 10, p99: 50 }

console.log(`machine    ${machine()}`)
const product = await startProduct()
const accounts = await product.register(lifts)
const site = await registerSite(product.bus, 'untouched', Math.ceil(((seconds + 10) * 1_000) / everyMs))
const probe = await AlarmProbe.start(product.bus, product.port, site.account, site.lifts, partitions)
const generator = startGenerator()
await generator.order({ order: 'connect', port: product.port, accounts, window })
await generator.order({ order: 'encode', packets: 2 * window, framesPerPacket: 1 })
await generator.order({ order: 'send', seconds: capacitySeconds })
const { frames, seconds: took } = await generator.order({ order: 'send', seconds: capacitySeconds })
const capacity = frames / took
await delay(2_000)
const alone = await probe.until(delay(5_000), everyMs)
console.log(`capacity   ${perSecond(capacity)}; alone an alarm takes ${spread(alone)}`)

// A connection that is cut ends the generator, and with it this.
const offered = generator.order({ order: 'send', perSecond: (2 * capacity) / lifts, seconds })
const alarms = await probe.until(offered, everyMs)
const report = await offered
const log = await readStoredFrames(
  product.bus,
  partitions,
  [...accounts.map(({ clientId }) => clientId)],
  report.nextSeqs,
  site.lifts.map(({ deviceId }) => deviceId),
)
tell({
  what: `overload, ${perSecond(2 * capacity)} offered for ${seconds} s`,
  lifeline: `${perSecond(report.frames / report.seconds)} acknowledged, nobody dropped, ${log.missing} lost`,
  goal: 'nobody dropped, 0 lost',
  reached: log.missing === 0 && log.repeated === 0,
})
tell({
  what: "an untouched lift's alarm meanwhile",
  lifeline: spread(alarms),
  goal: `p99 ${goal.p99} ms`,
  reached: quantile(alarms, 0.99) <= goal.p99,
})
if (log.missing + log.repeated > 0) process.exitCode = 1
await generator.order({ order: 'end' })
generator.end()
probe.end()
await product.stop()
