import { setTimeout as delay } from 'node:timers/promises'
import type { Equipment } from '@lifeline/contracts'
import { type ApiClient, eventually } from '@lifeline/test-support'
import { incidentEvents } from '../incident-log.ts'
import { carryOut } from './carry-out.ts'
import { brokenGuarantees } from './guarantees.ts'
import { LogTruth } from './log-truth.ts'
import { describe, type Plan, type Step } from './plan.ts'
import { healthy, startWorld, type World } from './world.ts'

const lifts = 20
const framesPerSecond = 200

export interface Outcome {
  /** What was promised and not kept; empty where all was. */
  readonly broken: readonly string[]
  /** Acknowledged in this run. */
  readonly frames: number
  readonly seconds: number
  /** From the end of the last fault until everything was healthy and every entrapment told. */
  readonly recoverySeconds: number
}

/** A running product and what is true of it, for run after run. */
export class Adversary {
  readonly world: World
  readonly #truth: LogTruth
  readonly #desk: ApiClient
  /** Lifts under load; those at the end were not entrapped yet. */
  readonly #lifts: readonly string[]
  readonly #entrapped: string[] = []

  private constructor(world: World, desk: ApiClient, loaded: readonly string[]) {
    this.world = world
    this.#desk = desk
    this.#lifts = loaded
    this.#truth = new LogTruth(world.nats.url)
  }

  static async start(): Promise<Adversary> {
    const world = await startWorld()
    const { district, load } = world
    const desk = await district.api('administrator')
    const { items } = await desk.get<{ items: Equipment[] }>('/api/v1/devices?kind=elevator&limit=200')
    const loaded = items.filter(({ approvedForUse }) => approvedForUse).slice(0, lifts)
    for (const { deviceId } of loaded) {
      // A short hold, so that the wait lies across the faults.
      await desk.send('PUT', `/api/v1/devices/${deviceId}/settings`, { entrapment: { outsideZoneSeconds: 3 } })
    }
    const ids = loaded.map(({ deviceId }) => deviceId)
    await load.connect(district.credentials.devices.filter(({ deviceId }) => ids.includes(deviceId)))
    return new Adversary(world, desk, ids)
  }

  /** Runs that this product still has victims for. */
  get runsLeft(): number {
    return Math.floor((this.#lifts.length - this.#entrapped.length) / 2)
  }

  /** One run: load, faults as planned, recovery, and the check of what was promised. */
  async run({ steps, entrapAtMs }: Plan): Promise<Outcome> {
    const { load } = this.world
    const [before, startedAt] = [load.acknowledgedCount, performance.now()]
    const victims = this.#lifts.slice(this.#entrapped.length, this.#entrapped.length + 2)
    load.start(framesPerSecond)
    const entrapping = victims.map(async (deviceId, i) => {
      await delay(entrapAtMs[i] ?? 0)
      load.entrap(deviceId)
      this.#entrapped.push(deviceId)
    })
    const broken: string[] = []
    const guarded = (what: Promise<unknown>): Promise<unknown> =>
      what.catch((error: unknown) => broken.push(error instanceof Error ? error.message : String(error)))
    await guarded(Promise.all([...entrapping, this.#carryOut(steps)]))
    const endedAt = performance.now()
    await guarded(healthy(this.world))
    await guarded(Promise.all(victims.map((deviceId) => this.#told(deviceId))))
    const recoverySeconds = (performance.now() - endedAt) / 1_000
    for (const deviceId of victims) load.release(deviceId)
    // Until each victim was seen riding.
    await delay(1_000)
    await guarded(
      Promise.race([load.pause(), delay(60_000).then(() => Promise.reject(new Error('not all is acknowledged')))]),
    )
    const { world } = this
    broken.push(
      ...(await brokenGuarantees({ world, truth: this.#truth, desk: this.#desk, entrapped: this.#entrapped })),
    )
    const [frames, seconds] = [load.acknowledgedCount - before, (performance.now() - startedAt) / 1_000]
    return { broken, frames, seconds, recoverySeconds }
  }

  /** @param clean whether its files go, too */
  async end(clean: boolean): Promise<void> {
    // What waits for a PUBACK that will not come must not keep the end.
    await this.world.load.leave()
    await this.world.remove(clean)
  }

  /** Steps at the same target wait for each other. */
  async #carryOut(steps: readonly Step[]): Promise<void> {
    const busy = new Map<string, Promise<void>>()
    const startedAt = performance.now()
    const all = steps.map((step) => {
      const before = busy.get(step.target) ?? Promise.resolve()
      const done = Promise.all([before, delay(step.atMs - (performance.now() - startedAt))]).then(() =>
        carryOut(this.world, step, this.#lifts),
      )
      const named = done.catch((error: unknown) => {
        throw new Error(`${describe(step)}: ${error instanceof Error ? error.message : error}`, { cause: error })
      })
      busy.set(step.target, named)
      return named
    })
    await Promise.all(all)
  }

  #told(deviceId: string): Promise<unknown> {
    return eventually(
      `the entrapment in ${deviceId}`,
      async () => {
        const events = await incidentEvents(this.world.nats.url)
        return events.find(({ data }) => data.deviceId === deviceId && data.rule === 'entrapment')
      },
      { withinMs: 120_000, everyMs: 250 },
    )
  }
}
