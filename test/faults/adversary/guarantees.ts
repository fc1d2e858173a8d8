import { type QuarantineRecord, type RescueCase, streams } from '@lifeline/contracts'
import { type ApiClient, eventually } from '@lifeline/test-support'
import { incidentEvents, messagesOf } from '../incident-log.ts'
import { storedFrames } from '../influx-truth.ts'
import type { LogTruth } from './log-truth.ts'
import type { World } from './world.ts'

/** How long the product may take to catch up with what it missed, ms. */
const withinMs = 90_000

export interface Ran {
  readonly world: World
  readonly truth: LogTruth
  readonly desk: ApiClient
  /** Who was entrapped since the world began. */
  readonly entrapped: readonly string[]
}

/** What was promised and not kept, a line each, once the load is at rest; empty where all was kept (design, G1 to G8). */
export async function brokenGuarantees(ran: Ran): Promise<string[]> {
  const checks = [oncePerEpisode, sameIncidents, durable, inOrder, accounted, deskTold]
  const broken: string[] = []
  for (const check of checks) {
    try {
      broken.push(...(await check(ran)).map((line) => `${check.name}: ${line}`))
    } catch (error) {
      broken.push(`${check.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return broken
}

/** G3, and G8's half about clocks: an entrapment of each victim, and of nobody else. */
async function oncePerEpisode({ world, entrapped }: Ran): Promise<string[]> {
  const events = await incidentEvents(world.nats.url)
  const doubled = events.length - new Set(events.map(({ id }) => id)).size
  const opened = events
    .filter(({ type, data }) => type === 'incident.opened' && data.rule === 'entrapment')
    .map(({ data }) => data.deviceId)
  return [
    ...(doubled === 0 ? [] : [`${doubled} events are in INCIDENTS twice`]),
    ...(opened.toSorted().join() === entrapped.toSorted().join()
      ? []
      : [`entrapments told of ${opened.toSorted()}, true of ${entrapped.toSorted()}`]),
  ]
}

/** G4: the same as an undisturbed fold of the log, byte for byte. */
async function sameIncidents({ world, truth }: Ran): Promise<string[]> {
  await truth.read()
  const wanted = truth.eventCount
  const told = await eventually(
    'all incidents that the log gives',
    async () => {
      const events = await incidentEvents(world.nats.url)
      return events.length >= wanted ? events : undefined
    },
    { withinMs },
  )
  // The log has gone on meanwhile.
  await truth.read()
  return truth.differences(told)
}

/** G1: what was acknowledged is in the log and in InfluxDB, where nothing is that was never sent. */
async function durable({ world, truth }: Ran): Promise<string[]> {
  const broken = truth.firstSequence === 1 ? [] : [`the log begins at ${truth.firstSequence}`]
  for (const [deviceId, acknowledged] of world.load.acknowledged) {
    const logged = truth.frames.get(deviceId) ?? new Set()
    const unlogged = acknowledged.difference(logged)
    if (unlogged.size > 0) broken.push(`${deviceId}: ${unlogged.size} acknowledged frames are not in the log`)
    const { distinct, points } = await eventually(
      `all frames of ${deviceId} in InfluxDB`,
      async () => {
        const stored = await storedFrames(world.influx.url, deviceId)
        return acknowledged.isSubsetOf(stored.distinct) ? stored : undefined
      },
      { withinMs },
    )
    const strange = distinct.difference(acknowledged)
    if (strange.size > 0) broken.push(`${deviceId}: ${strange.size} frames in InfluxDB that were never acknowledged`)
    if (points !== distinct.size) broken.push(`${deviceId}: ${points} points of ${distinct.size} frames`)
  }
  return broken
}

/** G2: in the log, frames of a device stand in the order of sending. */
async function inOrder({ truth }: Ran): Promise<string[]> {
  return truth.disorder.splice(0)
}

/** G5: acknowledged = in InfluxDB + in QUARANTINE, by the recorder (the first part is G1's) and by each gateway. */
async function accounted({ world }: Ran): Promise<string[]> {
  const { district, load, nats } = world
  const records = (await messagesOf(nats.url, streams.quarantine)).map((message) => message.json<QuarantineRecord>())
  const kept = new Set(records.map(({ payload }) => Buffer.from(payload, 'base64').toString()))
  const lost = load.rubbish.difference(kept)
  const broken = lost.size === 0 ? [] : [`${lost.size} acknowledged payloads that mean nothing are not in QUARANTINE`]
  const unstorable = records.filter(({ source }) => source === 'historian')
  if (unstorable.length > 0) broken.push(`${unstorable.length} good frames in QUARANTINE: ${unstorable[0]?.reason}`)
  for (const { service, name, url } of district.launched.instances) {
    if (service === 'gateway') broken.push(...(await ownAccount(name, url)))
    if (service === 'historian') await nothingPending(name, url)
  }
  return broken
}

async function ownAccount(name: string, url: string): Promise<string[]> {
  const text = await metricsOf(url)
  const [received, committed, quarantined, refused] = ['received', 'committed', 'quarantined', 'refused'].map((what) =>
    sumOf(text, `lifeline_frames_${what}_total`),
  ) as [number, number, number, number]
  const sum = committed + quarantined + refused
  return received === sum ? [] : [`${name}: ${received} received, ${sum} committed, quarantined and refused`]
}

const nothingPending = (name: string, url: string) =>
  eventually(
    `nothing pending at ${name}`,
    async () => (sumOf(await metricsOf(url), 'lifeline_frames_pending') === 0 ? true : undefined),
    { withinMs },
  )

const metricsOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text()

const sumOf = (metrics: string, name: string): number =>
  metrics
    .matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))
    .reduce((sum, [, value]) => sum + Number(value), 0)

/** G6: the desk has a case of each victim, and telemetry that says all is well again has closed none. */
async function deskTold({ desk, entrapped }: Ran): Promise<string[]> {
  const broken: string[] = []
  for (const deviceId of entrapped) {
    const query = `state=all&rule=entrapment&deviceId=${deviceId}`
    const cases = await eventually(
      `the case of ${deviceId}`,
      async () => {
        const { items } = await desk.get<{ items: RescueCase[] }>(`/api/v1/incidents?${query}`)
        return items.length > 0 ? items : undefined
      },
      { withinMs },
    )
    if (cases.length > 1) broken.push(`${cases.length} cases of ${deviceId}`)
    if (cases.some(({ state }) => state === 'closed')) broken.push(`the case of ${deviceId} is closed`)
  }
  return broken
}
