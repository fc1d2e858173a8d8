/**
 * From the press of a lift's alarm button, as a write to a socket, to the incident on NATS, while other lifts send so many
 * frames a second to gateway, engine and historian; then, at the pace that a desk works at, to a dispatcher's event stream
 * with the whole product running: `pnpm bench:alarm [--rates 1000,20000,50000] [--seconds 30] [--every 25]
 * [--desk-every 500]`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Bus, connectBus } from '@lifeline/bus'
import { startDemoDistrict } from '../demo-district.ts'
import { AlarmProbe } from './alarm-probe.ts'
import { benchLifts, enterIntoLog, registerLifts, registerSite, registerUnit } from './bench-district.ts'
import { startGenerator } from './bench-processes.ts'
import { machine, spread, tell } from './bench-row.ts'
import type { ConsolesOrder, ConsolesReport } from './desk-consoles.ts'
import { partitions, startProduct } from './product.ts'
import { quantile, sorted } from './statistics.ts'

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '1000,20000,50000' },
    seconds: { type: 'string', default: '30' },
    /** ms from one alarm to the next, where it ends on NATS and where it ends at the desk. */
    every: { type: 'string', default: '25' },
    'desk-every': { type: 'string', default: '500' },
  },
})
const rates = values.rates.split(',').map(Number)
const seconds = Number(values.seconds)
const warmUpSeconds = 10
const backgroundLifts = 100
/** For what is still on its way to the desk. */
const patienceMs = 20_000
/** ms at the p50 and the p99, by frames/s. */
const goals: Readonly<Record<number, { readonly p50?: number; readonly p99: number }>> = {
  20000: { p50: 5, p99: 10 },
  50000: { p99: 50 },
}

interface Alarms {
  /** Frames acknowledged a second meanwhile. */
  readonly beside: string
  readonly onNats: readonly number[]
  /** When each button was pressed, by the incident's id. */
  readonly pressedFor: readonly (readonly [incidentId: string, at: number])[]
}

console.log(`machine    ${machine()}`)
const product = await startProduct()
await measure(product.bus, product.port, Number(values.every), async (rate, { beside, onNats }) => {
  const goal = goals[rate]
  const [p50, p99] = [0.5, 0.99].map((q) => quantile(onNats, q)) as [number, number]
  tell({
    what: `alarm, socket to incident on NATS, beside ${beside}`,
    lifeline: spread(onNats),
    ...(goal && {
      goal: `${goal.p50 === undefined ? '' : `p50 ${goal.p50} ms, `}p99 ${goal.p99} ms`,
      reached: p50 <= (goal.p50 ?? Number.POSITIVE_INFINITY) && p99 <= goal.p99,
    }),
  })
})
await product.stop()

const district = await startDemoDistrict({ buildConsole: true, env: { PARTITIONS: String(partitions) } })
const user = district.credentials.users.find(({ role }) => role === 'dispatcher')
if (user === undefined) throw new Error('the demo district has no dispatcher')
const bus = await connectBus(district.launched.urls.nats, 'bench', () => undefined)
await registerUnit(bus)
const dispatcher = fork(fileURLToPath(new URL('desk-consoles.ts', import.meta.url)), { execPath: process.execPath })
dispatcher.send({ url: district.url, name: user.name, password: user.password, consoles: 1 } satisfies ConsolesOrder)
await once(dispatcher, 'message')
await measure(bus, district.launched.ports.mqtt, Number(values['desk-every']), async (_, { beside, pressedFor }) => {
  const latencies = await deskLatencies(pressedFor)
  const missed = pressedFor.length - latencies.length
  const what = `alarm, socket to a dispatcher's event stream, beside ${beside}`
  tell({
    what,
    lifeline: `${spread(latencies)}${missed === 0 ? '' : `, ${missed} not within ${patienceMs / 1_000} s`}`,
  })
})
dispatcher.disconnect()
await bus.close()
await district.remove()
process.exit()

/** Presses alarm buttons beside each rate of frames in turn, after a warm-up with the same. */
async function measure(
  on: Bus,
  port: number,
  everyMs: number,
  hear: (rate: number, alarms: Alarms) => Promise<void>,
): Promise<void> {
  const accounts = await registerLifts(on, backgroundLifts)
  await enterIntoLog(on, partitions, benchLifts(backgroundLifts))
  const site = await registerSite(
    on,
    'untouched',
    Math.ceil((((warmUpSeconds + seconds) * 1_000) / everyMs) * rates.length),
  )
  const probe = await AlarmProbe.start(on, port, site.account, site.lifts, partitions)
  const generator = startGenerator()
  await generator.order({ order: 'connect', port, accounts, window: 1_000 })
  await generator.order({ order: 'encode', packets: 2_000, framesPerPacket: 1 })
  for (const rate of rates) {
    const send = (forSeconds: number) =>
      generator.order({ order: 'send', perSecond: rate / backgroundLifts, seconds: forSeconds })
    await probe.until(send(warmUpSeconds), everyMs)
    const before = new Set(probe.pressedFor.keys())
    const background = send(seconds)
    const onNats = await probe.until(background, everyMs)
    const sent = await background
    const pressedFor = [...probe.pressedFor].filter(([incidentId]) => !before.has(incidentId))
    const beside = `${Math.round(sent.frames / sent.seconds).toLocaleString('en')} frames/s`
    await hear(rate, { beside, onNats, pressedFor })
  }
  await generator.order({ order: 'end' })
  generator.end()
  probe.end()
}

/** Once all is there, or patience ends. */
async function deskLatencies(pressed: readonly (readonly [incidentId: string, at: number])[]): Promise<number[]> {
  const until = performance.now() + patienceMs
  for (;;) {
    dispatcher.send('report')
    const [{ heard }] = (await once(dispatcher, 'message')) as [ConsolesReport]
    const latencies = pressed.flatMap(([incidentId, at]) => (heard[incidentId] ?? []).map((then) => then - at))
    if (latencies.length === pressed.length || performance.now() > until) return sorted(latencies)
    await delay(250)
  }
}
