import { DirtyContact } from './dirty-contact.ts'
import { Gauge, type GaugeErrors } from './gauge.ts'
import { type DetectorErrors, PeopleDetector } from './people-detector.ts'
import { type Delivery, type LinkErrors, RadioLink } from './radio-link.ts'
import { createRandom, type Random } from './random.ts'
import type { Fault } from './simulator.ts'

/** How machines of a kind report: which field is read by what, and how it errs. */
export interface ReportingProfile {
  readonly gauges: Readonly<Record<string, GaugeErrors>>
  /** What one wrong reading of a switch shows, by what it should show. */
  readonly contacts: Readonly<
    Record<string, { readonly perDay: number; readonly shows: Readonly<Record<string, unknown>> }>
  >
  readonly detector?: DetectorErrors
  readonly link: LinkErrors
  /** The field that gets stuck, and by how much it must be wrong before that is a fault. */
  readonly stuck?: { readonly field: string; readonly by: number }
  /** A value that a broken wire gives. */
  readonly implausible: { readonly field: string; readonly value: number }
}

export const reportingFaults = ['sensor_stuck', 'sensor_implausible', 'clock_skew', 'offline'] as const
export type ReportingFault = (typeof reportingFaults)[number]

export interface ReportingOptions {
  readonly profile: ReportingProfile
  /** Equal seeds give equal errors. */
  readonly seed: string | number
  /** ms since the Unix epoch. */
  readonly startTime: number
  /** 0 as new to 1: contacts are up to ten times as dirty. */
  readonly wear?: number
}

interface Reported {
  readonly time: number
}
type Fields = Record<string, unknown>

/** A device's clock that was set wrongly is off by so much, ms. */
const clockError = 180_000
const wornContacts = 9

/** What stands between a machine's truth and what the platform hears of it: sensors, clock, counter and link. */
export class Reporting<F extends Reported> {
  readonly #profile: ReportingProfile
  readonly #gauges: readonly (readonly [field: string, gauge: Gauge])[]
  readonly #contacts: readonly (readonly [field: string, contact: DirtyContact, shows: Fields])[]
  readonly #detector: PeopleDetector | undefined
  readonly #link: RadioLink<F>
  #counter = 0
  #injected: ReportingFault | undefined
  #frozen: number | undefined
  #fault: Fault<ReportingFault> | undefined

  constructor({ profile, seed, startTime, wear = 0 }: ReportingOptions) {
    this.#profile = profile
    const random = (of: string): Random => createRandom(`${of} ${seed}`)
    this.#gauges = Object.entries(profile.gauges).map(([field, errors]) => [
      field,
      new Gauge(random(field), errors, startTime),
    ])
    this.#contacts = Object.entries(profile.contacts).map(([field, { perDay, shows }]) => [
      field,
      new DirtyContact(random(field), perDay * (1 + wornContacts * wear), startTime),
      shows,
    ])
    this.#detector =
      profile.detector === undefined ? undefined : new PeopleDetector(random('detector'), profile.detector, startTime)
    this.#link = new RadioLink(random('link'), profile.link, startTime)
  }

  /** When a switch or the detector shows something else though nothing happened, ms since the Unix epoch. */
  get nextChangeAt(): number {
    let next = this.#detector?.nextAt ?? Number.POSITIVE_INFINITY
    for (const [, contact] of this.#contacts) next = Math.min(next, contact.nextAt)
    return next
  }

  /** What is really wrong with what is reported. */
  get fault(): Fault<ReportingFault> | undefined {
    return this.#link.fault ?? this.#fault
  }

  /** The outage of the link that is, was last or will be next. */
  get outage(): { readonly since: number; readonly until: number } {
    return this.#link.outage
  }

  inject(fault: ReportingFault): void {
    this.#injected = fault
    if (fault === 'offline') this.#link.break()
  }

  release(): void {
    this.#injected = undefined
    this.#frozen = undefined
    this.#fault = undefined
    this.#link.mend()
  }

  /** The frame as switches and the detector show it: what a device decides by whether it has news. */
  switches(frame: F): F {
    const { time } = frame
    const shown: Fields = { ...(frame as unknown as Fields) }
    for (const [field, contact, shows] of this.#contacts) {
      if (!contact.flickers(time)) continue
      const wrong = shows[String(shown[field])]
      if (wrong !== undefined) shown[field] = wrong
    }
    if (this.#detector !== undefined && typeof shown.people === 'number') {
      const people = this.#detector.read(shown.people, time)
      shown.people = people
      if ('occupied' in shown) shown.occupied = people > 0
    }
    return shown as unknown as F
  }

  /** Sends what `switches` gave, as the gauges, the counter and the clock make it; says what arrives, and when. */
  send(frame: F): Delivery<F>[] {
    const { time } = frame
    const sent: Fields = { ...(frame as unknown as Fields) }
    for (const [field, gauge] of this.#gauges) {
      const value = sent[field]
      if (typeof value === 'number') sent[field] = gauge.read(value, time)
    }
    if (this.#injected !== undefined) this.#break(sent, frame as unknown as Fields, time)
    if (typeof sent.slewAngle === 'number') sent.slewAngle = ((sent.slewAngle % 360) + 360) % 360
    sent.seq = this.#counter++
    return this.#link.send(sent as unknown as F, time)
  }

  #break(sent: Fields, truth: Fields, time: number): void {
    const { stuck, implausible } = this.#profile
    const present = (name: ReportingFault): void => {
      this.#fault ??= { name, since: time }
    }
    switch (this.#injected) {
      case 'sensor_stuck': {
        if (stuck === undefined) return
        this.#frozen ??= sent[stuck.field] as number
        sent[stuck.field] = this.#frozen
        if (Math.abs((truth[stuck.field] as number) - this.#frozen) >= stuck.by) present('sensor_stuck')
        return
      }
      case 'sensor_implausible':
        sent[implausible.field] = implausible.value
        present('sensor_implausible')
        return
      case 'clock_skew':
        sent.time = time + clockError
        present('clock_skew')
        return
    }
  }
}
