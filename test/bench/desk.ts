/**
 * From an incident on NATS to the dispatchers' screens, with many consoles connected through the console service:
 * `pnpm bench:desk [--consoles 200] [--seconds 60] [--rate 5] [--hold]`; `--hold` waits for Enter before
 * the storm.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { connectBus } from '@lifeline/bus'
import { type IncidentEvent, incidentSubject } from '@lifeline/contracts'
import { startDemoDistrict } from '../demo-district.ts'
import { registerLifts, registerUnit } from './bench-district.ts'
import { say } from './bench-row.ts'
import type { ConsolesOrder, ConsolesReport } from './desk-consoles.ts'
import { DeskScreen } from './desk-screen.ts'
import { quantile, sorted } from './statistics.ts'

const { values } = parseArgs({
  options: {
    consoles: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '5' },
    hold: { type: 'boolean', default: false },
  },
})
const [consoles, seconds, rate] = [Number(values.consoles), Number(values.seconds), Number(values.rate)]
/** The first incidents find code that has never run. */
const warmUps = 10
/** What the news may take to every screen. */
const limitMs = 150
/** For what is still on its way. */
const patienceMs = 20_000

const now = (): number => performance.timeOrigin + performance.now()
function spread(latencies: readonly number[]): string {
  const ascending = sorted(latencies)
  const [p50, p99, most] = [0.5, 0.99, 1].map((q) => `${quantile(ascending, q).toFixed(0)} ms`)
  return `p50 ${p50}, p99 ${p99}, at most ${most}, of ${ascending.length.toLocaleString('en')}`
}

const district = await startDemoDistrict({ buildConsole: true })
const user = district.credentials.users.find(({ role }) => role === 'dispatcher')
if (user === undefined) throw new Error('the demo district has no dispatcher')
const bus = await connectBus(district.launched.urls.nats, 'bench', () => undefined)
await registerUnit(bus)
const incidents = warmUps + Math.round(rate * seconds)
const lifts = await registerLifts(bus, incidents)
const screen = await DeskScreen.open(district.url, user.name, user.password)
const others = fork(fileURLToPath(new URL('desk-consoles.ts', import.meta.url)), { execPath: process.execPath })
others.on('exit', (code) => {
  if (code !== 0) throw new Error(`the consoles ended with ${code}`)
})
const order: ConsolesOrder = { url: district.url, name: user.name, password: user.password, consoles: consoles - 1 }
const signInStarted = now()
others.send(order)
await once(others, 'message')
say(
  'consoles',
  `${consoles} signed in within ${((now() - signInStarted) / 1_000).toFixed(0)} s, one of them a Chromium`,
)

if (values.hold) {
  say('ready', 'press Enter')
  await once(process.stdin, 'data')
  process.stdin.pause()
}

const publishedAt = new Map<string, number>()
for (const { clientId } of lifts.slice(0, warmUps)) await publish(clientId)
await delay(2_000)
publishedAt.clear()
const loadBefore = loadavg()[0]
const beganAt = now()
for (const { clientId } of lifts.slice(warmUps)) {
  await publish(clientId)
  // As they come in a storm: independent of one another.
  await delay((-Math.log(1 - Math.random()) / rate) * 1_000)
}
const took = (now() - beganAt) / 1_000
const report = await complete()
const rows = await screen.rowTimes()
const [atConsoles, inDom, shown]: [number[], number[], number[]] = [[], [], []]
for (const [incidentId, since] of publishedAt) {
  atConsoles.push(...(report.heard[incidentId] ?? []).map((at) => at - since))
  const row = rows[report.caseOf[incidentId] ?? '']
  if (row === undefined) continue
  inDom.push(row.inDom - since)
  if (row.shown !== undefined) shown.push(row.shown - since)
}
say('storm', `${publishedAt.size} incidents within ${took.toFixed(0)} s, ${(publishedAt.size / took).toFixed(1)}/s`)
say('stream', `NATS publish to the event at a console: ${spread(atConsoles)}`)
say('screen', `NATS publish to the row in Chromium's DOM: ${spread(inDom)}`)
say('', `to the frame after it: ${spread(shown)}`)
say('beside', `the consoles' readings of all open cases: ${spread(report.refreshMs)}`)
const slow = [...publishedAt].flatMap(([id, since]) => {
  const latest = Math.max(...(report.heard[id] ?? [])) - since
  return latest > limitMs ? [`${((since - beganAt) / 1_000).toFixed(1)} s (${latest.toFixed(0)} ms)`] : []
})
say('slow', `later than ${limitMs} ms at some console, by when it was published: ${slow.join(', ') || 'none'}`)
say('load', `${loadBefore?.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after`)
const missed = publishedAt.size * (consoles - 1) - atConsoles.length + publishedAt.size - inDom.length
if (missed > 0) say('missed', `${missed} did not come`)

others.disconnect()
await screen.close()
await bus.close()
await district.remove()
process.exit(missed === 0 ? 0 : 1)

async function publish(deviceId: string): Promise<void> {
  const incidentId = `bench.${deviceId}`
  const openedAt = Date.now()
  // Of three that the engine tells of, one is no matter of life.
  const lifeSafety = publishedAt.size % 3 !== 2
  const rule = lifeSafety ? 'entrapment' : 'door_fault'
  const event: IncidentEvent = {
    specversion: '1.0',
    id: `${incidentId}/1`,
    source: 'engine',
    type: 'incident.opened',
    subject: deviceId,
    time: new Date(openedAt).toISOString(),
    datacontenttype: 'application/json',
    data: {
      incidentId,
      deviceId,
      kind: 'elevator',
      siteId: 'bench',
      rule,
      ruleVersion: 1,
      severity: lifeSafety ? 'critical' : 'warning',
      lifeSafety,
      confidence: 'confirmed',
      openedAt,
      late: false,
      measured: { duration: 30 },
      limit: { value: 30, unit: 's', source: 'setting' },
      evidence: { fromTime: openedAt - 120_000, toTime: openedAt },
    },
  }
  publishedAt.set(incidentId, now())
  await bus.connection
    .jetstream()
    .publish(incidentSubject('elevator', rule, deviceId), JSON.stringify(event), { msgID: event.id })
}

/** What the consoles heard, once all is there or patience ends. */
async function complete(): Promise<ConsolesReport> {
  const until = now() + patienceMs
  for (;;) {
    others.send('report')
    const [report] = (await once(others, 'message')) as [ConsolesReport]
    const all = [...publishedAt.keys()].every((id) => report.heard[id]?.length === consoles - 1)
    if (all || now() > until) return report
    await delay(250)
  }
}
