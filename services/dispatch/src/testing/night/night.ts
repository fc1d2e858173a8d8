import { setTimeout as delay } from 'node:timers/promises'
import type { DispatchSettings } from '@lifeline/contracts'
import { eventually } from '@lifeline/test-support'
import { startPostgres } from '../postgres-server.ts'
import type { RescueWorld } from '../rescue-world/rescue-world.ts'
import { isDelivered } from './audit-deliveries.ts'
import { type CaseRecord, recordOf } from './case-record.ts'
import { DeskEar } from './desk-ear.ts'
import type { DeskPair } from './desk-pair.ts'
import { type CallCount, playIncident } from './night-callers.ts'
import { NightDispatcher } from './night-dispatcher.ts'
import { type NightCase, nightPlan } from './night-plan.ts'
import { administer, nightRescue, shortenedSettings, startDesks } from './night-world.ts'
import { Standstill } from './standstill.ts'

export interface NightOptions {
  readonly seed: number
  readonly incidents: number
  /** s of the night in a second of the clock: every clock and every plan is shortened by it. */
  readonly factor: number
  /** s of the night in which incidents come. */
  readonly nightSeconds: number
  /** Between the kills, this desk and that in turn, ms. */
  readonly killEveryMs: number
  /** Share of the attempts at each channel, and at the fire desk, that fail. */
  readonly failing: number
  /** s that a channel is given to answer. */
  readonly channelSeconds: number
  readonly say: (line: string) => void
}

/** What there is to audit after a night. */
export interface NightRecord {
  readonly plan: readonly NightCase[]
  readonly settings: DispatchSettings
  /** By device; a device without a case is missing. */
  readonly cases: ReadonlyMap<string, CaseRecord>
  readonly rescue: RescueWorld
  /** What timelines once said and say no more. */
  readonly rewritten: readonly string[]
  /** What dispatchers were refused and should not have been. */
  readonly refused: readonly string[]
  readonly kills: number
  readonly standstill: Standstill
}

/** For the last cases to end, and for the last notices to be settled. */
const patienceMs = 240_000

/** Plays a night against two desks on one PostgreSQL, of which one is killed now and then. */
export async function playNight(options: NightOptions): Promise<NightRecord> {
  const { seed, incidents, factor, nightSeconds, killEveryMs, failing, channelSeconds, say } = options
  const pace = 1_000 / factor
  const plan = nightPlan(seed, incidents, nightSeconds)
  const settings = shortenedSettings(factor)
  const postgres = await startPostgres()
  const ends: (() => Promise<void>)[] = [() => postgres.remove()]
  try {
    const pair = await startDesks(postgres, plan)
    ends.push(() => pair.stop())
    const world = { seed, failing, pace, channelSeconds, ackSeconds: Math.max(1, Math.round(30 / factor)) }
    const rescue = nightRescue(pair, plan, world, settings)
    ends.push(() => rescue.stop())
    await rescue.start()
    await administer(pair, settings)

    const byDevice = new Map(plan.map((one) => [one.deviceId, one]))
    const dispatcher = new NightDispatcher({ pair, seed, pace, planOf: (deviceId) => byDevice.get(deviceId) })
    const ear = new DeskEar(pair.world, (view) => dispatcher.look(view))
    ends.push(async () => ear.stop())
    await Promise.all(pair.both.map(({ url }) => ear.start(url)))
    const standstill = new Standstill()
    standstill.start()
    ends.push(async () => standstill.stop())
    say(`${incidents} incidents within ${(nightSeconds / factor).toFixed(0)} s: ${factor} s of the night to a second`)

    const night = new AbortController()
    const killing = killInTurn(pair, killEveryMs, night.signal, say)
    const calls = new Map<string, CallCount>()
    const told = plan.map(async (one) => calls.set(one.deviceId, await playIncident(one, pair, pace)))
    await Promise.all(told)
    const closed = (): number => [...ear.cases.values()].filter(({ view }) => view.state === 'closed').length
    const allClosed = eventually('every case closed', async () => (closed() >= incidents ? true : undefined), {
      withinMs: patienceMs,
    })
    // The audit says which.
    await allClosed.catch(() => say(`${closed()} of ${incidents} cases are closed`))
    night.abort()
    await killing
    const cases = await settled(pair, plan, { calls, runs: rescue.runs.all, seen: ear.cases })
    const { rewritten } = ear
    return { plan, settings, cases, rescue, rewritten, refused: dispatcher.refused, kills: pair.kills, standstill }
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

async function killInTurn(pair: DeskPair, everyMs: number, signal: AbortSignal, say: (line: string) => void) {
  while (!signal.aborted) {
    // Aborted at the end of the night.
    await delay(everyMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    const since = Date.now()
    await pair.kill()
    say(`SIGKILL ${pair.kills}: back after ${((Date.now() - since) / 1_000).toFixed(1)} s`)
  }
}

interface FromOutside {
  readonly calls: ReadonlyMap<string, CallCount>
  readonly runs: RescueWorld['runs']['all']
  readonly seen: DeskEar['cases']
}

/** The records of all cases once everybody who was to be told is, or as they are when patience ends. */
async function settled(pair: DeskPair, plan: readonly NightCase[], outside: FromOutside) {
  const read = async (): Promise<Map<string, CaseRecord>> => {
    const records = new Map<string, CaseRecord>()
    for (const one of plan) {
      const calls = outside.calls.get(one.deviceId) ?? { calls: 0, tries: 0 }
      const runs = outside.runs.filter(({ deviceId }) => deviceId === one.deviceId)
      const record = await recordOf(pair, one, { calls, runs, seen: outside.seen })
      if (record !== undefined) records.set(one.deviceId, record)
    }
    return records
  }
  const delivered = async () => {
    const records = await read()
    return [...records.values()].every(isDelivered) ? records : undefined
  }
  // The audit says what was not delivered.
  return eventually('every notice settled', delivered, { withinMs: patienceMs, everyMs: 500 }).catch(read)
}
