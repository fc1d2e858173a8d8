import type {
  Equipment,
  EventRecord,
  Frame,
  FrameRecord,
  IncidentEvent,
  LogRecord,
  Presence,
  StatusRecord,
} from '@lifeline/contracts'
import { assertNever } from '@lifeline/contracts'
import { judgeOffline } from './all/offline.ts'
import { implausibleFields, withoutFields } from './all/plausible-range.ts'
import { judgeImplausible } from './all/sensor-implausible.ts'
import { type BoundRules, bindRules } from './bound-rules.ts'
import { arrive, deviceNow } from './device-clock.ts'
import { type DeviceState, newDeviceState, shiftTimes } from './device-state.ts'
import { EpisodeBook } from './episode-book.ts'
import type { Circumstances } from './rule.ts'

/** A gap in the log longer than this was the log's silence, not the devices'. */
const deafAfterMs = 5_000
/** A backlog that stops for so long has told all it had. */
const backlogIdleMs = 5_000

interface FoldState {
  /** Bumped when a snapshot of an older shape can no longer be read. */
  readonly version: number
  /** Newest `receivedAt`, ms. */
  logNow: number
  /** The time that the log was listening, ms: stands still while nothing is written. */
  listeningMs: number
  devices: DeviceState[]
}

interface Device {
  readonly state: DeviceState
  rules: BoundRules
}

const stateVersion = 1

/**
 * One partition's incidents as a fold over its log: the same records give the same incidents, byte for byte. Time is
 * the records' own; nothing here reads a clock, a random number or the outside.
 */
export class PartitionFold {
  readonly #devices = new Map<string, Device>()
  #listeningMs = 0
  readonly #book = new EpisodeBook()

  /** @param snapshot what `snapshot()` gave; without it the fold begins before the first record */
  constructor(snapshot?: string) {
    if (snapshot === undefined) return
    const { logNow, listeningMs, devices } = JSON.parse(snapshot) as FoldState
    this.#book.logNow = logNow
    this.#listeningMs = listeningMs
    for (const state of devices) {
      this.#devices.set(state.equipment.deviceId, { state, rules: bindRules(state.equipment) })
    }
  }

  /** Whether a snapshot is of a shape that can be gone on from. */
  static reads(snapshot: string): boolean {
    return (JSON.parse(snapshot) as { version?: number }).version === stateVersion
  }

  /** The state after the last record, as JSON text. */
  snapshot(): string {
    const state: FoldState = {
      version: stateVersion,
      logNow: this.#book.logNow,
      listeningMs: this.#listeningMs,
      devices: [...this.#devices.values()].map((device) => device.state),
    }
    return JSON.stringify(state)
  }

  get deviceCount(): number {
    return this.#devices.size
  }

  /** Whether a device is heard, by the log. undefined for a device that is not registered here. */
  presence(deviceId: string): Presence | undefined {
    const state = this.#devices.get(deviceId)?.state
    if (state === undefined) return undefined
    const { lastSeenAt, episodes, willAt } = state
    const silent = lastSeenAt === null || willAt !== null || episodes.offline?.endedAt === null
    return { online: !silent, ...(lastSeenAt === null ? {} : { lastSeenAt }) }
  }

  /** Takes the next records; returns what became of incidents, in order. */
  apply(records: readonly LogRecord[]): IncidentEvent[] {
    for (const record of records) this.#take(record)
    return this.#book.takeTold()
  }

  #take(record: LogRecord): void {
    this.#listen(record.receivedAt)
    switch (record.type) {
      case 'frame':
        this.#frame(record)
        break
      case 'event':
        this.#event(record)
        break
      case 'status':
        this.#status(record)
        break
      case 'tick':
        this.#tick()
        break
      case 'equipment':
        this.#register(record.equipment)
        break
      case 'removal':
        this.#devices.delete(record.deviceId)
        break
      default:
        assertNever(record)
    }
  }

  #listen(receivedAt: number): void {
    const passed = receivedAt - this.#book.logNow
    if (passed <= 0) return
    this.#listeningMs += this.#book.logNow === 0 ? 0 : Math.min(passed, deafAfterMs)
    this.#book.logNow = receivedAt
  }

  #register(equipment: Equipment): void {
    const rules = bindRules(equipment)
    const known = this.#devices.get(equipment.deviceId)
    if (known === undefined) {
      this.#devices.set(equipment.deviceId, { state: newDeviceState(equipment, this.#listeningMs), rules })
      return
    }
    known.state.equipment = equipment
    known.rules = rules
  }

  #heard(state: DeviceState, receivedAt: number): void {
    state.lastSeenAt = receivedAt
    state.heardAt = this.#listeningMs
    state.willAt = null
  }

  #frame({ deviceId, kind, frame, receivedAt }: FrameRecord): void {
    const device = this.#devices.get(deviceId)
    if (device === undefined || device.state.equipment.kind !== kind) return
    const { state, rules } = device
    this.#heard(state, receivedAt)
    const wasCatchingUp = state.clock.catchingUp
    const arrival = arrive(state.clock, frame.time, receivedAt)
    if (!arrival.take) return
    if (arrival.shift !== 0) shiftTimes(state, arrival.shift)
    const implausible = implausibleFields(kind, frame)
    state.frame = implausible === undefined ? frame : withoutFields(frame, implausible)
    if (implausible !== undefined || state.episodes.sensor_implausible !== undefined) {
      this.#book.judge(state, rules.implausible, judgeImplausible(implausible), frame.time)
    }
    this.#judgeFrame(state, rules, state.frame, frame.time)
    if (wasCatchingUp && !state.clock.catchingUp) this.#book.tellHeldBack(state, rules, frame.time)
  }

  #event({ deviceId, event, receivedAt }: EventRecord): void {
    const device = this.#devices.get(deviceId)
    if (device === undefined) return
    const { state, rules } = device
    this.#heard(state, receivedAt)
    const { code, active, time } = event
    const wasCatchingUp = state.clock.catchingUp
    // An event that comes after newer frames still counts: it is told once, and waiting for it would miss an alarm.
    const arrival = arrive(state.clock, time, receivedAt)
    if (arrival.take && arrival.shift !== 0) shiftTimes(state, arrival.shift)
    if (active) state.active[code] ??= time
    else delete state.active[code]
    const now = state.clock.lastTime
    // Between two frames the rules know what the frame before said.
    this.#judgeFrame(state, rules, state.frame ?? { time: now }, now, active ? undefined : code)
    if (wasCatchingUp && !state.clock.catchingUp) this.#book.tellHeldBack(state, rules, now)
  }

  #status({ deviceId, status, receivedAt }: StatusRecord): void {
    const state = this.#devices.get(deviceId)?.state
    if (state === undefined) return
    if (status === 'online') this.#heard(state, receivedAt)
    else state.willAt = this.#listeningMs
  }

  #tick(): void {
    for (const { state, rules } of this.#devices.values()) {
      this.#judgeOffline(state, rules)
      const { clock } = state
      if (!clock.catchingUp) {
        const now = deviceNow(clock, this.#book.logNow)
        for (const rule of rules.deviceTimed) this.#book.letPass(state, rule, now)
      } else if (this.#book.logNow - clock.lastReceivedAt >= backlogIdleMs) {
        this.#book.tellHeldBack(state, rules, clock.lastTime)
      }
    }
  }

  #judgeOffline(state: DeviceState, { offline }: BoundRules): void {
    const silence = {
      silentMs: this.#listeningMs - state.heardAt,
      ...(state.willAt === null ? {} : { sinceWillMs: this.#listeningMs - state.willAt }),
    }
    const verdict = judgeOffline(silence, state.equipment.reportInterval, offline.settings)
    if (verdict !== false || state.episodes.offline !== undefined)
      this.#book.judge(state, offline, verdict, this.#book.logNow)
  }

  #judgeFrame(state: DeviceState, rules: BoundRules, frame: Frame, now: number, ended?: string): void {
    const { active, episodes } = state
    for (const rule of rules.frame) {
      const episode = episodes[rule.rule.name]
      const holding = episode !== undefined && episode.endedAt === null
      const circumstances: Circumstances = ended === undefined ? { active, holding } : { active, holding, ended }
      const verdict = rule.judge(frame, circumstances)
      if (episode === undefined && !verdict) continue
      this.#book.judge(state, rule, verdict, now)
    }
  }
}
