import type { EquipmentOf, HoistFrame } from '@lifeline/contracts'
import {
  Axis,
  createRandom,
  moveTo,
  nearest,
  type SimulatorOptions,
  Surroundings,
  stopFrom,
  surroundingsFaults,
  Ticker,
  tickMs,
} from '@lifeline/simulator-physics'
import { createDemand, type Demand, personMass } from './demand.ts'
import { hoistFrame } from './frame.ts'
import type { Hoist } from './hoist.ts'
import { injectedPlan, type JobFault, jobFaultPresent } from './injected-job.ts'
import { type HoistLimits, hoistLimits } from './limits.ts'
import { ridePlan, type Step } from './ride-plan.ts'
import type { HoistFault, HoistPhase, HoistTruth } from './truth.ts'

type Parameters = EquipmentOf<'hoist'>['parameters']

/** A hoist that stands at its lowest landing with its driver in at `startTime`. */
export function createHoist(options: SimulatorOptions<Parameters>): Hoist {
  return new HoistMachine(options)
}

const doorSeconds = 2.5
const stepInSeconds = 1.5
/** How fast material is carried in or out, kg/s. */
const carryingRate = 80
/** No use from here (JGJ 215-2010), m/s. */
const windLimit = 20
/** A limit switch stands so far beyond its landing, m. */
const limitSwitch = 0.15

class HoistMachine implements Hoist {
  readonly #parameters: Parameters
  readonly #operator: string | undefined
  readonly #inService: boolean
  readonly #limits: HoistLimits
  readonly #ticker: Ticker
  readonly #ticked = {
    tick: () => this.#tick(),
    quietUntil: () => this.quietUntil,
    skip: (ms: number) => this.#pass(ms),
  }
  readonly #demand: Demand
  readonly #surroundings: Surroundings
  readonly #cage: Axis
  /** Without the driver. */
  #people = 0
  #material = 0
  #door: 'closed' | 'open' = 'closed'
  #steps: Step[] = []
  #step: Step | undefined
  #until = 0
  #phase: HoistPhase
  #ordered: JobFault | undefined
  #injected: JobFault | undefined
  #faultSince: number | undefined
  #powerlessSince: number | undefined

  constructor({ parameters, seed, startTime, inService = true, operator }: SimulatorOptions<Parameters>) {
    const random = createRandom(seed)
    this.#parameters = parameters
    this.#operator = operator
    this.#inService = inService
    this.#limits = hoistLimits(parameters)
    this.#ticker = new Ticker(startTime, tickMs)
    this.#demand = createDemand(random, this.#limits)
    this.#surroundings = new Surroundings({ seed, startTime, height: parameters.travel, greatestWind: 8.5, windLimit })
    this.#cage = new Axis(this.#height(0))
    this.#phase = inService ? 'waiting' : 'parked'
  }

  step(dtMs: number): void {
    this.#ticker.step(dtMs, this.#ticked)
  }

  frame(): HoistFrame {
    const operator = this.#surroundings.operator(this.#operator)
    return hoistFrame(this.truth, {
      seq: this.#ticker.count,
      floor: nearest(this.#limits.landings, this.#cage.state.position),
      ...(operator === undefined || !this.#inService ? {} : { operator }),
    })
  }

  get truth(): HoistTruth {
    const people = this.#people + (this.#inService ? 1 : 0)
    const { state } = this.#cage
    const { landings } = this.#limits
    const fault = this.#fault()
    return {
      ...state,
      time: this.#ticker.time,
      moving: this.#cage.moving,
      phase: this.#phase,
      door: this.#door,
      people,
      load: people * personMass + this.#material,
      windSpeed: this.#surroundings.windSpeed,
      lean: this.#surroundings.lean,
      safetyDevice: this.#injected === 'safety_device_tripped' && this.#step?.kind === 'halt' ? 'tripped' : 'armed',
      topLimit: state.position > (landings.at(-1) ?? 0) + limitSwitch,
      bottomLimit: state.position < (landings[0] ?? 0) - limitSwitch,
      power: this.#powerlessSince === undefined ? 'mains' : 'off',
      ...(fault === undefined ? {} : { fault }),
    }
  }

  get quietUntil(): number {
    const { time } = this.#ticker
    if (!this.#surroundings.fair || this.#injected !== undefined || this.#powerlessSince !== undefined) return time
    if (!this.#inService) return Number.POSITIVE_INFINITY
    if (this.#step?.kind === 'wait') return this.#until
    return this.#step?.kind === 'ride' ? time + this.#cage.remainingMs : time
  }

  inject(fault: HoistFault): void {
    const surrounding = surroundingsFaults.find((name) => name === fault)
    if (surrounding !== undefined) this.#surroundings.inject(surrounding)
    else if (fault === 'power_loss') {
      this.#powerlessSince = this.#ticker.time
      this.#cage.follow(stopFrom(this.#cage.state, { ...this.#limits.ride, acceleration: 1.5, jerk: 10 }))
    } else this.#order(fault as JobFault)
  }

  overload(): void {
    this.#order('overload')
  }

  overspeed(): void {
    this.#order('overspeed')
  }

  tooManyPeople(): void {
    this.#order('too_many_people')
  }

  release(): void {
    this.#surroundings.release()
    this.#ordered = undefined
    if (this.#injected === 'overload' && this.#phase === 'loading') this.#until = this.#ticker.time
    if (this.#step?.kind === 'halt') this.#step = undefined
    if (this.#powerlessSince === undefined) return
    this.#powerlessSince = undefined
    if (this.#step?.kind === 'ride') this.#begin(this.#step)
  }

  #order(fault: JobFault): void {
    this.#ordered = fault
    if (this.#phase === 'waiting') this.#step = undefined
  }

  #fault(): HoistTruth['fault'] {
    if (this.#powerlessSince !== undefined) return { name: 'power_loss', since: this.#powerlessSince }
    const [name, since] = [this.#injected, this.#faultSince]
    return name === undefined || since === undefined ? this.#surroundings.fault : { name, since }
  }

  #pass(ms: number): void {
    this.#surroundings.advance(this.#ticker.time, this.#cage.moving)
    if (this.#inService) this.#cage.tick(ms)
  }

  #tick(): void {
    this.#pass(tickMs)
    if (!this.#inService || this.#powerlessSince !== undefined) return
    if (!this.#goesOn()) this.#begin(this.#steps.shift() ?? this.#firstOfNextJob())
    this.#noteFault()
  }

  /** @returns whether the present step is not over yet */
  #goesOn(): boolean {
    const step = this.#step
    switch (step?.kind) {
      case undefined:
        return false
      case 'ride':
        return this.#cage.moving
      case 'door':
        if (this.#ticker.time < this.#until) return true
        this.#door = step.state
        return false
      case 'wait':
        return this.#ticker.time < this.#until
      case 'cargo':
        return this.#carry(step.people, step.material)
      case 'halt':
        return true
    }
  }

  #carry(people: number, material: number): boolean {
    const most = (carryingRate * tickMs) / 1000
    this.#material += Math.min(most, Math.max(-most, material - this.#material))
    if (this.#people !== people && this.#ticker.time >= this.#until) {
      this.#people += Math.sign(people - this.#people)
      this.#until = this.#ticker.time + stepInSeconds * 1000
    }
    return this.#people !== people || this.#material !== material
  }

  #begin(step: Step): void {
    this.#step = step
    const { time } = this.#ticker
    this.#phase = phaseOf(step)
    switch (step.kind) {
      case 'ride': {
        const { height = this.#height(step.to), limits = this.#limits.ride } = step
        this.#cage.follow(moveTo(this.#cage.state.position, height, limits))
        break
      }
      case 'door':
        // A door counts as shut only once it is: it is open from the first moment to the last.
        this.#door = 'open'
        this.#until = time + doorSeconds * 1000
        break
      case 'wait':
        this.#until = time + step.seconds * 1000
        break
      case 'cargo':
        this.#until = time
    }
  }

  #firstOfNextJob(): Step {
    this.#injected = this.#ordered
    this.#faultSince = undefined
    this.#ordered = undefined
    const job = this.#demand.next()
    const [first, ...others] =
      this.#injected === undefined ? ridePlan(job) : injectedPlan(this.#injected, job, this.#parameters, this.#limits)
    this.#steps = others
    return first
  }

  #noteFault(): void {
    const fault = this.#injected
    if (fault === undefined) return
    if (jobFaultPresent(fault, this.truth, this.#parameters, this.#limits, this.#step?.kind)) {
      this.#faultSince ??= this.#ticker.time
    } else if (this.#faultSince !== undefined) {
      this.#injected = undefined
      this.#faultSince = undefined
    }
  }

  #height(floor: number): number {
    return this.#limits.landings[floor] ?? 0
  }
}

function phaseOf(step: Step): HoistPhase {
  switch (step.kind) {
    case 'ride':
      return 'riding'
    case 'halt':
      return 'halted'
    case 'wait':
      return step.loading ? 'loading' : 'waiting'
    default:
      return 'loading'
  }
}
