import type {
  Equipment,
  EventRecord,
  Frame,
  FrameRecord,
  IncidentEvent,
  LogRecord,
  Presence,
  StatusRecord,
  TowerCraneFrame,
  UnreadableRecord,
} from '@lifeline/contracts'
import { assertNever } from '@lifeline/contracts'
import { offline } from './all/offline.ts'
import { type BoundRules, bindRules, onLogClock, remembered } from './bound-rules.ts'
import { type CandidateSettings, equipmentWith } from './candidate-settings.ts'
import { CollisionWatch } from './collision-watch.ts'
import { arrive, deviceNow } from './device-clock.ts'
import { type DeviceState, newDeviceState, readDeviceState, shiftTimes } from './device-state.ts'
import { episodeOf } from './episode.ts'
import { EpisodeBook } from './episode-book.ts'
import { FoldSnapshot, hasUnfinished } from './fold-snapshot.ts'
import { FrameJudge } from './frame-judge.ts'
import { hurriedMs, mustWait, patienceMs, takeNext } from './frame-sequence.ts'
import { HistoryJudge, historyIdleMs } from './history-judge.ts'
import { unknown } from './memory.ts'
import { forgetCauses, type SharedCauses } from './shared-cause.ts'
import { fillGap, noteGap } from './silence-gaps.ts'
import { judgeSilence } from './silence-judge.ts'

/** A gap in the log longer than this was the log's silence, not the devices'. */
const deafAfterMs = 5_000
/** A frame that is late by less than this is still looked at for alarms. */
const lateMs = 10_000
/** More frames than a device sends before it shows whether its clock was set. */
const mostAside = 200

interface FoldState {
  /** Bumped when a snapshot of an older shape can no longer be read. */
  readonly version: number
  /** Newest `receivedAt`, ms. */
  logNow: number
  /** The time that the log was listening, ms: stands still while nothing is written. */
  listeningMs: number
  causes: SharedCauses
  /** Names of what stands in the devices' `memory`. */
  remembered: typeof remembered
  devices: DeviceState[]
}

interface Device {
  readonly state: DeviceState
  rules: BoundRules
}

const stateVersion = 8

/**
 * One partition's incidents as a fold over its log: the same records give the same incidents, byte for byte. Time is
 * the records' own; nothing here reads a clock, a random number or the outside.
 */
export class PartitionFold {
  readonly #devices = new Map<string, Device>()
  #listeningMs = 0
  readonly #book = new EpisodeBook()
  readonly #judge = new FrameJudge(this.#book)
  readonly #history = new HistoryJudge(this.#book, this.#judge)
  readonly #collisions = new CollisionWatch(this.#book)
  #snapshot: FoldSnapshot | undefined
  /** To be called before a device's state changes. */
  readonly #changing = (state: DeviceState): void => this.#snapshot?.keep(state)

  /** @param snapshot what `snapshot()` gave; without it the fold begins before the first record */
  constructor(snapshot?: string) {
    if (snapshot === undefined) return
    const { logNow, listeningMs, causes, remembered: names, devices } = JSON.parse(snapshot) as FoldState
    this.#book.logNow = logNow
    this.#book.causes = causes
    this.#listeningMs = listeningMs
    for (const read of devices) {
      this.#add({ state: readDeviceState(read, names[read.equipment.kind]), rules: bindRules(read.equipment) })
    }
  }

  /** Whether a snapshot is of a shape that can be gone on from. */
  static reads(snapshot: string): boolean {
    // Its first word: to parse all of it for that takes as long as to restore it.
    return snapshot.startsWith(`{"version":${stateVersion},`)
  }

  /** The state after the last record, as JSON text. */
  snapshot(): string {
    const snapshot = this.beginSnapshot()
    snapshot.write(this.#devices.size)
    return [...snapshot.parts()].join('')
  }

  /** The same, to be written in pieces while further records are taken. Ends the writing of one begun before. */
  beginSnapshot(): FoldSnapshot {
    this.#snapshot?.write(Number.POSITIVE_INFINITY)
    const state: Omit<FoldState, 'devices'> = {
      version: stateVersion,
      logNow: this.#book.logNow,
      listeningMs: this.#listeningMs,
      causes: this.#book.causes,
      remembered,
    }
    const states = [...this.#devices.values()].map((device) => device.state)
    this.#snapshot = new FoldSnapshot(JSON.stringify(state), states)
    // One crane's frame may change what is known of another.
    for (const device of states) if (device.equipment.kind === 'tower-crane') this.#snapshot.keep(device)
    return this.#snapshot
  }

  /** A fold that stands where this one does and goes on with a candidate's settings. */
  trying(candidate: CandidateSettings): PartitionFold {
    const state = JSON.parse(this.snapshot()) as FoldState
    for (const device of state.devices) device.equipment = equipmentWith(device.equipment, candidate)
    return new PartitionFold(JSON.stringify(state))
  }

  get deviceCount(): number {
    return this.#devices.size
  }

  /** Whether a device is heard, by the log. undefined for a device that is not registered here. */
  presence(deviceId: string): Presence | undefined {
    const state = this.#devices.get(deviceId)?.state
    if (state === undefined) return undefined
    const { lastSeenAt, episodes, willAt, unreadable, lastReceivedAt } = state
    const never = Number.isNaN(lastSeenAt) && unreadable === null
    const silent = never || !Number.isNaN(willAt) || episodeOf(episodes, offline.name)?.endedAt === null
    return {
      online: !silent,
      ...(Number.isNaN(lastSeenAt) ? {} : { lastSeenAt }),
      ...(lastReceivedAt < 0 ? {} : { lastFrameAt: lastReceivedAt }),
    }
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
      case 'unreadable':
        this.#unreadable(record)
        break
      case 'tick':
        this.#tick()
        break
      case 'equipment':
        this.#register(record.equipment)
        break
      case 'removal':
        this.#devices.delete(record.deviceId)
        this.#collisions.remove(record.deviceId)
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
    const state = this.#devices.get(equipment.deviceId)?.state
    if (state !== undefined) {
      this.#changing(state)
      state.equipment = equipment
    }
    this.#add({ state: state ?? newDeviceState(equipment, this.#listeningMs), rules: bindRules(equipment) })
  }

  #add(device: Device): void {
    this.#devices.set(device.state.equipment.deviceId, device)
    this.#collisions.add(device)
  }

  #heard(state: DeviceState, receivedAt: number): void {
    state.lastSeenAt = receivedAt
    state.heardAt = this.#listeningMs
    state.willAt = unknown
  }

  #frame(record: FrameRecord): void {
    const device = this.#devices.get(record.deviceId)
    if (device === undefined || device.rules.kind !== record.kind) return
    const { state } = device
    this.#changing(state)
    this.#heard(state, record.receivedAt)
    state.unreadable = null
    if (!mustWait(state, record)) this.#judgeFrame(device, record)
    if (state.held !== null) this.#judgeHeld(device)
  }

  /** Judges the frames whose wait for a missing one is over. */
  #judgeHeld(device: Device): void {
    const { state } = device
    const next = () => {
      const hurried = state.episodes.some(({ opened }) => opened === null)
      return takeNext(state, this.#book.logNow, hurried ? hurriedMs : patienceMs)
    }
    for (let record = next(); record !== undefined; record = next()) this.#judgeFrame(device, record)
  }

  #judgeFrame({ state, rules }: Device, { frame, receivedAt }: FrameRecord): void {
    const { catchingUp, lastTime } = state
    const arrival = arrive(state, frame.time, receivedAt)
    if (!arrival.take) {
      this.#judgeOld(state, rules, frame, receivedAt)
      return
    }
    if (arrival.shift !== 0) this.#setClock(state, rules, arrival.shift)
    else noteGap(state.gaps, lastTime, frame.time, rules.reportInterval)
    state.aside = null
    if (state.asideEvents !== null) this.#history.takeEvents(state, rules, receivedAt)
    this.#judge.take(state, rules, frame)
    if (state.catchingUp) return
    if (rules.kind === 'tower-crane') this.#collisions.take(state, state.frame as TowerCraneFrame)
    if (catchingUp) this.#book.tellHeldBack(state, rules, frame.time)
  }

  /** A frame older than the newest: late by a little, part of a backlog, or the first after the clock was set back. */
  #judgeOld(state: DeviceState, rules: BoundRules, frame: Frame, receivedAt: number): void {
    state.aside ??= []
    if (state.aside.length < mostAside) state.aside.push(frame)
    if (state.lastTime - frame.time < lateMs) this.#judge.judgeLate(state, rules, frame)
    else if (fillGap(state.gaps, frame.time)) {
      const backlog = this.#history.place(state, frame.time, receivedAt)
      if (backlog !== undefined) this.#judge.take(backlog, rules, frame)
    }
  }

  /** The device's clock was set: what it sent since then was live, however old it looked. */
  #setClock(state: DeviceState, rules: BoundRules, shift: number): void {
    shiftTimes(state, shift, onLogClock)
    state.backlog = null
    for (const frame of state.aside ?? []) this.#judge.take(state, rules, frame)
    for (const event of state.asideEvents ?? []) this.#judge.takeEvent(state, rules, event)
    state.asideEvents = null
  }

  #event({ deviceId, event, receivedAt }: EventRecord): void {
    const device = this.#devices.get(deviceId)
    if (device === undefined) return
    const { state, rules } = device
    this.#changing(state)
    this.#heard(state, receivedAt)
    state.unreadable = null
    const { catchingUp, lastTime } = state
    const arrival = arrive(state, event.time, receivedAt)
    if (!arrival.take && lastTime - event.time >= lateMs) {
      // History, or the first word after the clock was set back: the next frames tell.
      state.asideEvents ??= []
      state.asideEvents.push(event)
      return
    }
    if (arrival.take && arrival.shift !== 0) this.#setClock(state, rules, arrival.shift)
    else if (arrival.take) noteGap(state.gaps, lastTime, event.time, rules.reportInterval)
    this.#judge.takeEvent(state, rules, event)
    if (catchingUp && !state.catchingUp) this.#book.tellHeldBack(state, rules, state.lastTime)
  }

  #status({ deviceId, status, receivedAt }: StatusRecord): void {
    const state = this.#devices.get(deviceId)?.state
    if (state === undefined) return
    this.#changing(state)
    if (status === 'online') this.#heard(state, receivedAt)
    else state.willAt = this.#listeningMs
  }

  /** It is heard, so it is not offline; of what it is doing nothing is known, so nothing else is judged. */
  #unreadable({ deviceId, unreadable: { count, reason }, receivedAt }: UnreadableRecord): void {
    const state = this.#devices.get(deviceId)?.state
    if (state === undefined) return
    this.#changing(state)
    state.heardAt = this.#listeningMs
    state.willAt = unknown
    state.unreadable ??= { count: 0, since: receivedAt, lastAt: receivedAt, reason }
    state.unreadable.count += count
    state.unreadable.lastAt = receivedAt
    state.unreadable.reason = reason
  }

  #tick(): void {
    const { logNow, causes } = this.#book
    forgetCauses(causes, logNow)
    for (const device of this.#devices.values()) {
      const { state, rules } = device
      if (hasUnfinished(state)) this.#changing(state)
      if (state.held !== null) this.#judgeHeld(device)
      judgeSilence(this.#book, state, rules, this.#listeningMs, this.#changing)
      if (state.asideEvents !== null && logNow - state.lastReceivedAt >= historyIdleMs) {
        // Nothing has come since: whatever its clock says, what it said must not be lost.
        for (const event of state.asideEvents) this.#judge.takeEvent(state, rules, event)
        state.asideEvents = null
      }
      // The next frame may show that it is no backlog but a clock that was set back.
      const backlogIdleMs = Math.max(historyIdleMs, 1_500 * rules.reportInterval)
      if (state.backlog !== null && logNow - state.backlog.lastReceivedAt >= backlogIdleMs) {
        this.#history.end(state, state.backlog, rules)
      }
      // Of frames that wait for one before them, time may not run ahead.
      const waits = state.held !== null
      const now = deviceNow(state, logNow)
      for (const { key } of state.episodes) {
        const rule = rules.byKey(key)
        if (rule === undefined) continue
        if (onLogClock(key)) this.#book.letPass(state, rule, logNow)
        else if (!state.catchingUp && !waits) this.#book.letPass(state, rule, now)
      }
      if (state.catchingUp && logNow - state.lastReceivedAt >= historyIdleMs) {
        this.#book.tellHeldBack(state, rules, state.lastTime)
      }
    }
  }
}
