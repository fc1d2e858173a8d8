import type { Equipment, Frame, FrameRecord, IncidentEvent, LogRecord } from '@lifeline/contracts'
import { PartitionFold } from '@lifeline/rules'
import { createRandom, type Delivery, type Random } from '@lifeline/simulator-physics'
import { BenchDevice } from './bench-device.ts'
import { benchFaults } from './fault-table.ts'
import { InjectedFault } from './injected-fault.ts'
import { PlainRules } from './plain-rules.ts'
import { type Scores, scoreOf, type ToldIncident } from './scores.ts'
import { onCourse } from './true-course.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** As gateways tick. */
const tickMs = 250
/** Share of the device-days in which something goes wrong. */
const faultyShare = 0.3
/** Monday, 00:00 in China. */
const startTime = Date.UTC(2026, 10, 22, 16)
/** So many frames of a device are kept for the trace of what it told wrongly. */
const traceLength = 30

export interface SiteResult {
  readonly engine: Scores
  readonly plain: Scores
  frames: number
  /** False alarms and misses of the engine, in words, with the frames before. */
  readonly traces: string[]
}

interface Pending extends Delivery<Frame> {
  readonly device: BenchDevice
}

/** A site with its devices through some days, heard by the engine and by the plain rules at once. */
export class SiteRun {
  readonly result: SiteResult = { engine: {}, plain: {}, frames: 0, traces: [] }
  readonly #random: Random
  readonly #devices: readonly BenchDevice[]
  readonly #byId: ReadonlyMap<string, BenchDevice>
  readonly #fold = new PartitionFold()
  readonly #plain = new PlainRules()
  readonly #injected = new Map<BenchDevice, InjectedFault>()
  readonly #outages = new Map<BenchDevice, { readonly since: number; readonly until: number }>()
  readonly #recent = new Map<string, FrameRecord[]>()
  /** The engine's false alarms, and whether they were told as a danger to life. */
  readonly #false = new Map<string, boolean>()
  #pending: Pending[] = []
  #nextArrival = Number.POSITIVE_INFINITY

  constructor(equipment: readonly Equipment[], seed: string) {
    this.#random = createRandom(`faults ${seed} ${equipment[0]?.siteId}`)
    this.#devices = equipment.map((it) => new BenchDevice(it, equipment, seed, startTime))
    this.#byId = new Map(this.#devices.map((device) => [device.equipment.deviceId, device]))
    for (const it of equipment) this.#register(it, startTime)
  }

  run(days: number): SiteResult {
    for (let day = 0; day < days; day++) this.#day(startTime + day * dayMs)
    for (const injected of this.#injected.values()) this.#score(injected)
    return this.result
  }

  #day(from: number): void {
    const orders = this.#devices.flatMap((device) => {
      const at = from + Math.floor(this.#random.between(0.5, 21)) * hourMs + this.#random.integer(0, 3_599) * 1000
      const fault = this.#pick(device)
      return fault === undefined || this.#random.next() >= faultyShare ? [] : [{ device, fault, at }]
    })
    for (let now = from + tickMs; now <= from + dayMs; now += tickMs) {
      for (const device of this.#devices) {
        while (device.nextAt <= now) this.#look(device, device.nextAt)
      }
      for (const { device, fault, at } of orders) if (at === now) this.#order(device, fault, now)
      this.#follow(now)
      this.#deliver(now)
    }
  }

  /** Every fault in turn, as far as the machine can have it. */
  #pick(device: BenchDevice) {
    const faults = benchFaults[device.kind]
    const fault = faults[this.#random.integer(0, faults.length - 1)]
    return fault?.name === 'collision' && !device.canCollide ? undefined : fault
  }

  #look(device: BenchDevice, time: number): void {
    for (const { frame, at } of device.look(time)) {
      this.#pending.push({ frame, at, device })
      if (at < this.#nextArrival) this.#nextArrival = at
    }
    const { outage } = device
    if (outage.since <= time) this.#outages.set(device, outage)
  }

  #order(device: BenchDevice, fault: InjectedFault['fault'], now: number): void {
    if (this.#injected.has(device)) return
    this.#look(device, now)
    this.#injected.set(device, new InjectedFault(device, fault, now))
    if (fault.name === 'not_approved_for_use') this.#register({ ...device.equipment, approvedForUse: false }, now)
    else device.inject(fault.name)
  }

  #follow(now: number): void {
    for (const [device, injected] of this.#injected) {
      const next = injected.look(now)
      if (next === 'release') {
        this.#look(device, now)
        device.release()
        if (injected.fault.name === 'not_approved_for_use') this.#register(device.equipment, now)
      } else if (next === 'done') {
        this.#injected.delete(device)
        this.#score(injected)
      }
    }
  }

  #register(equipment: Equipment, now: number): void {
    this.#apply([{ type: 'equipment', receivedAt: now, equipment }])
    this.#plain.register(equipment, now)
  }

  /** Lets arrive what has arrived by now, and ticks. */
  #deliver(now: number): void {
    if (this.#nextArrival <= now) {
      const arrived = this.#pending.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
      this.#pending = this.#pending.filter(({ at }) => at > now)
      this.#nextArrival = this.#pending.reduce((next, { at }) => Math.min(next, at), Number.POSITIVE_INFINITY)
      const records = arrived.map(({ device: { equipment }, frame, at }): FrameRecord => {
        const { kind, deviceId, siteId } = equipment
        return { type: 'frame', kind, deviceId, siteId, receivedAt: at, frame }
      })
      this.result.frames += records.length
      for (const { device, frame, at } of arrived) this.#injected.get(device)?.arrived(frame.time, at)
      for (const record of records) {
        this.#plain.frame(record)
        const recent = this.#recent.get(record.deviceId) ?? []
        if (recent.push(record) > traceLength) recent.shift()
        this.#recent.set(record.deviceId, recent)
      }
      this.#apply(records)
    }
    this.#plain.tick(now)
    this.#apply([{ type: 'tick', receivedAt: now }])
    for (const told of this.#plain.takeTold()) this.#judge('plain', told)
  }

  #apply(records: readonly LogRecord[]): void {
    for (const event of this.#fold.apply(records)) {
      if (event.type === 'incident.opened') this.#judge('engine', toldBy(event), event)
      else if (event.type === 'incident.updated' && event.data.lifeSafety) this.#endangers(event)
    }
  }

  #judge(by: 'engine' | 'plain', told: ToldIncident, event?: IncidentEvent): void {
    if (this.#isTrue(by, told)) return
    const score = scoreOf(this.result[by], told.kind, told.rule)
    score.falseAlarms++
    if (told.lifeSafety) score.falseLifeSafety++
    if (event !== undefined) this.#false.set(event.data.incidentId, told.lifeSafety)
    if (event !== undefined) this.#trace(`FALSE ${JSON.stringify(event.data)}`, told.deviceId)
  }

  /** A false alarm that becomes one of danger to life later. */
  #endangers(event: IncidentEvent): void {
    if (this.#false.get(event.data.incidentId) !== false) return
    this.#false.set(event.data.incidentId, true)
    const { kind, rule, deviceId } = event.data
    scoreOf(this.result.engine, kind, rule).falseLifeSafety++
    this.#trace(`FALSE, now life safety ${JSON.stringify(event.data)}`, deviceId)
  }

  #isTrue(by: 'engine' | 'plain', told: ToldIncident): boolean {
    const device = this.#byId.get(told.deviceId)
    if (device === undefined) return false
    if (this.#injected.get(device)?.explains(by, told) === true) return true
    if (told.rule === 'collision') {
      // It is told of the pair, on the one that moves more.
      for (const injected of this.#injected.values()) {
        if (injected.fault.name === 'collision' && injected.explains(by, told)) return true
      }
      return this.#devices.some((other) => other !== device && onCourse(device, other, told.toldAt))
    }
    // A link that was really gone for three intervals, less than the last report before it was old.
    const outage = this.#outages.get(device)
    if (told.rule !== 'offline' || outage === undefined) return false
    const { reportInterval } = device.equipment
    return outage.until - outage.since > 2_000 * reportInterval && told.toldAt - outage.since < dayMs
  }

  #score(injected: InjectedFault): void {
    injected.score('plain', this.result.plain)
    const missed = injected.score('engine', this.result.engine)
    if (missed.length === 0) return
    const { deviceId } = injected.device.equipment
    this.#trace(`MISSED ${missed.join()} of ${injected.fault.name} since ${injected.since} on ${deviceId}`, deviceId)
  }

  #trace(title: string, deviceId: string): void {
    const frames = (this.#recent.get(deviceId) ?? []).map(
      ({ receivedAt, frame }) => `  ${receivedAt} ${JSON.stringify(frame)}`,
    )
    this.result.traces.push([title, ...frames].join('\n'))
  }
}

function toldBy({ time, data }: IncidentEvent): ToldIncident {
  const { deviceId, kind, rule, lifeSafety } = data
  return { deviceId, kind, rule, lifeSafety, toldAt: Date.parse(time) }
}
