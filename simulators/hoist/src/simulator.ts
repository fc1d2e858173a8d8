import type { EquipmentOf, HoistFrame } from '@lifeline/contracts'
import {
  Axis,
  createRandom,
  type MotionLimits,
  meanReverting,
  moveTo,
  nearest,
  type Simulator,
  type SimulatorOptions,
  Ticker,
  tickMs,
} from '@lifeline/simulator-physics'
import { createDemand, type Demand, type Job, personMass } from './demand.ts'
import { hoistFrame } from './frame.ts'
import { type HoistLimits, hoistLimits } from './limits.ts'
import { ridePlan, type Step } from './ride-plan.ts'
import type { HoistFault, HoistPhase, HoistTruth } from './truth.ts'

type Parameters = EquipmentOf<'hoist'>['parameters']

/**
 * A construction hoist with its driver. What is injected comes with the next job: at once where the hoist has nothing
 * to do, else after the job it is at.
 */
export interface Hoist extends Simulator<HoistFrame, HoistTruth> {
  /** 115 % of the rated load is put into the cage; it does not start, and after 20 s some is taken out again. */
  overload(): void
  /** One ride goes down 5 % faster than the safety device may let it, and the device does not trip. */
  overspeed(): void
  /** One ride is made with two people more than allowed. */
  tooManyPeople(): void
}

/** A hoist that stands at its lowest landing with its driver in at `startTime`. */
export function createHoist(options: SimulatorOptions<Parameters>): Hoist {
  return new HoistMachine(options)
}

const doorSeconds = 2.5
const stepInSeconds = 1.5
/** How fast material is carried in or out, kg/s. */
const carryingRate = 80
const overloadSeconds = 20

class HoistMachine implements Hoist {
  readonly #parameters: Parameters
  readonly #operator: string | undefined
  readonly #inService: boolean
  readonly #limits: HoistLimits
  readonly #ticker: Ticker
  readonly #demand: Demand
  readonly #nextWind: () => number
  readonly #cage: Axis
  #wind: number
  /** Without the driver. */
  #people = 0
  #material = 0
  #door: 'closed' | 'open' = 'closed'
  #steps: Step[] = []
  #step: Step | undefined
  #until = 0
  #phase: HoistPhase
  #ordered: HoistFault | undefined
  #injected: HoistFault | undefined
  #faultSince: number | undefined

  constructor({ parameters, seed, startTime, inService = true, operator }: SimulatorOptions<Parameters>) {
    const random = createRandom(seed)
    this.#parameters = parameters
    this.#operator = operator
    this.#inService = inService
    this.#limits = hoistLimits(parameters)
    this.#ticker = new Ticker(startTime, tickMs)
    this.#demand = createDemand(random, this.#limits)
    const wind = { mean: random.between(2, 4.5), deviation: 1.2, relaxation: 60, min: 0.1, max: 8.5 }
    this.#nextWind = meanReverting(createRandom(`wind ${seed}`), wind, tickMs)
    this.#wind = this.#nextWind()
    this.#cage = new Axis(this.#height(0))
    this.#phase = inService ? 'waiting' : 'parked'
  }

  step(dtMs: number): void {
    this.#ticker.step(dtMs, () => this.#tick())
  }

  frame(): HoistFrame {
    return hoistFrame(this.truth, {
      seq: this.#ticker.count,
      floor: nearest(this.#limits.landings, this.#cage.state.position),
      ...(this.#operator === undefined || !this.#inService ? {} : { operator: this.#operator }),
    })
  }

  get truth(): HoistTruth {
    const people = this.#people + (this.#inService ? 1 : 0)
    const [name, since] = [this.#injected, this.#faultSince]
    return {
      ...this.#cage.state,
      time: this.#ticker.time,
      moving: this.#cage.moving,
      phase: this.#phase,
      door: this.#door,
      people,
      load: people * personMass + this.#material,
      windSpeed: this.#wind,
      ...(name === undefined || since === undefined ? {} : { fault: { name, since } }),
    }
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
    this.#ordered = undefined
    if (this.#injected === 'overload' && this.#phase === 'loading') this.#until = this.#ticker.time
  }

  #order(fault: HoistFault): void {
    this.#ordered = fault
    if (this.#phase === 'waiting') this.#step = undefined
  }

  #tick(): void {
    this.#wind = this.#nextWind()
    if (!this.#inService) return
    this.#cage.tick(tickMs)
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
    this.#phase = step.kind === 'ride' ? 'riding' : step.kind === 'wait' && !step.loading ? 'waiting' : 'loading'
    switch (step.kind) {
      case 'ride':
        this.#cage.follow(moveTo(this.#cage.state.position, this.#height(step.to), this.#rideLimits()))
        break
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
    this.#ordered = undefined
    const [first, ...others] = this.#plan(this.#demand.next())
    this.#steps = others
    return first
  }

  #plan(job: Job): [Step, ...Step[]] {
    const { ratedLoad, maxPeople } = this.#parameters
    const last = this.#limits.landings.length - 1
    switch (this.#injected) {
      case 'overload': {
        const material = 1.15 * ratedLoad - (job.people + 1) * personMass
        const less = Math.min(material, Math.max(0, this.#limits.fullLoad - (job.people + 1) * personMass))
        return ridePlan({ ...job, material, loadSeconds: overloadSeconds }, [
          { kind: 'cargo', people: job.people, material: less },
        ])
      }
      case 'too_many_people':
        return ridePlan({ ...job, people: maxPeople + 1, material: 0 })
      case 'overspeed':
        return ridePlan({ ...job, from: last, to: 0, material: 0 })
      case undefined:
        return ridePlan(job)
    }
  }

  /** Only a ride with a load goes too fast: the way to where it is fetched is a normal one. */
  #rideLimits(): MotionLimits {
    const ridesDown = this.#injected === 'overspeed' && this.#step?.kind === 'ride' && this.#step.to === 0
    if (!ridesDown || this.#cage.state.position === this.#height(0)) return this.#limits.ride
    return { speed: 1.05 * this.#limits.tripSpeed, acceleration: 1, jerk: 4 }
  }

  #noteFault(): void {
    const fault = this.#injected
    if (fault === undefined) return
    const present = {
      overload: this.truth.load > this.#parameters.ratedLoad,
      too_many_people: this.truth.people > this.#parameters.maxPeople,
      overspeed: Math.abs(this.#cage.state.speed) >= this.#limits.tripSpeed,
    }[fault]
    if (present) this.#faultSince ??= this.#ticker.time
    else if (this.#faultSince !== undefined) {
      this.#injected = undefined
      this.#faultSince = undefined
    }
  }

  #height(floor: number): number {
    return this.#limits.landings[floor] ?? 0
  }
}
