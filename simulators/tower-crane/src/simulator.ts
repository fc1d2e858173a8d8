import type { EquipmentOf, TowerCraneFrame } from '@lifeline/contracts'
import {
  Axis,
  createRandom,
  type MotionLimits,
  moveTo,
  Surroundings,
  stopFrom,
  surroundingsFaults,
  Ticker,
  tickMs,
} from '@lifeline/simulator-physics'
import { createDemand, type Demand } from './demand.ts'
import { towerCraneFrame } from './frame.ts'
import { injectedWork, type Order, type WorkFault, workFaultPresent } from './injected-work.ts'
import { type TowerCraneLimits, towerCraneLimits } from './limits.ts'
import { capacityAt, gravity } from './load-chart.ts'
import type { TowerCrane, TowerCraneOptions } from './tower-crane.ts'
import type { TowerCraneFault, TowerCranePhase, TowerCraneTruth } from './truth.ts'
import { type Step, workCycle } from './work-cycle.ts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']

/** A crane that stands idle in the middle of its sector, its hook up, at `startTime`. */
export function createTowerCrane(options: TowerCraneOptions): TowerCrane {
  return new TowerCraneMachine(options)
}

/** How fast the rope takes the load up and lets it down, kg/s. */
const loadingRate = 1_000
/** Shares of what the chart allows: one that warns, and one that the limiter must have stopped. */
const nearLimit = 0.95
const beyondLimiter = 1.2
/** No lifting from here (JGJ 33-2012 4.1.15), whatever the maker allows, m/s. */
const windLimit = 12

class TowerCraneMachine implements TowerCrane {
  readonly #options: TowerCraneOptions
  readonly #inService: boolean
  readonly #falls: 2 | 4
  readonly #limits: TowerCraneLimits
  readonly #ticker: Ticker
  readonly #ticked = {
    tick: () => this.#tick(),
    quietUntil: () => this.quietUntil,
    skip: (ms: number) => this.#pass(ms),
  }
  readonly #demand: Demand
  readonly #surroundings: Surroundings
  readonly #slew: Axis
  readonly #trolley: Axis
  readonly #hook: Axis
  #load = 0
  /** Where the load was taken up, m. */
  #pickedUp = { radius: 0, height: 0 }
  #steps: Step[] = []
  #step: Step | undefined
  #waitUntil = 0
  #phase: TowerCranePhase
  /** To come in place of the next lift. */
  #ordered: Order | undefined
  #injected: Order | undefined
  #faultSince: number | undefined

  constructor(options: TowerCraneOptions) {
    const { parameters, seed, startTime, inService = true, sector = { from: 0, to: 360 } } = options
    const random = createRandom(seed)
    this.#options = options
    this.#inService = inService
    this.#falls = random.pick(reevings(parameters))
    this.#limits = towerCraneLimits(parameters, this.#falls)
    this.#ticker = new Ticker(startTime, tickMs)
    this.#demand = createDemand(random, parameters, this.#limits, this.#falls, sector)
    this.#surroundings = new Surroundings({
      seed,
      startTime,
      height: parameters.jibHeight,
      greatestWind: Math.min(8.5, 0.7 * parameters.windLimit),
      windLimit: Math.min(windLimit, parameters.windLimit),
    })
    this.#slew = new Axis((sector.from + sector.to) / 2)
    this.#trolley = new Axis((this.#limits.radius[0] + this.#limits.radius[1]) / 2)
    this.#hook = new Axis(this.#limits.hookHeight[1])
    this.#phase = inService ? 'waiting' : 'parked'
  }

  step(dtMs: number): void {
    this.#ticker.step(dtMs, this.#ticked)
  }

  frame(): TowerCraneFrame {
    const operator = this.#surroundings.operator(this.#options.operator)
    return towerCraneFrame(this.truth, {
      seq: this.#ticker.count,
      falls: this.#falls,
      ...(operator === undefined || !this.#inService ? {} : { operator }),
    })
  }

  get truth(): TowerCraneTruth {
    const capacity = capacityAt(this.#options.parameters, this.#falls, this.#trolley.state.position)
    const hookLoad = this.#load * (1 + this.#hook.state.acceleration / gravity)
    const [order, since] = [this.#injected, this.#faultSince]
    const fault = order === undefined || since === undefined ? this.#surroundings.fault : { name: order.name, since }
    return {
      time: this.#ticker.time,
      moving: this.#moving,
      phase: this.#phase,
      slew: this.#slew.state,
      trolley: this.#trolley.state,
      hook: this.#hook.state,
      load: this.#load,
      hookLoad,
      capacity,
      momentShare: hookLoad === 0 ? 0 : hookLoad / capacity,
      windSpeed: this.#surroundings.windSpeed,
      lean: this.#surroundings.lean,
      ...(fault === undefined ? {} : { fault }),
    }
  }

  get quietUntil(): number {
    const { time } = this.#ticker
    if (!this.#surroundings.fair || this.#injected !== undefined) return time
    if (!this.#inService) return Number.POSITIVE_INFINITY
    if (this.#step?.kind === 'wait') return this.#waitUntil
    if (this.#step?.kind !== 'move') return time
    return time + Math.max(this.#slew.remainingMs, this.#trolley.remainingMs, this.#hook.remainingMs)
  }

  inject(fault: TowerCraneFault): void {
    const surrounding = surroundingsFaults.find((name) => name === fault)
    if (surrounding !== undefined) this.#surroundings.inject(surrounding)
    else this.#order({ name: fault as WorkFault, share: fault === 'limiter_failed' ? beyondLimiter : nearLimit })
  }

  overloadMoment(share: number): void {
    this.#order({ name: 'moment', share })
  }

  release(): void {
    this.#surroundings.release()
    this.#ordered = undefined
    if (this.#injected === undefined || this.#load === 0) return
    this.#slew.follow(stopFrom(this.#slew.state, this.#limits.slew))
    this.#trolley.follow(stopFrom(this.#trolley.state, this.#limits.trolley))
    this.#hook.follow(stopFrom(this.#hook.state, this.#limits.hoist))
    const radius = this.#pickedUp.radius
    const height = this.#pickedUp.height
    this.#step = { kind: 'move' }
    this.#steps = [
      { kind: 'move', radius },
      { kind: 'move', height },
      { kind: 'load', mass: 0 },
    ]
  }

  get #moving(): boolean {
    return this.#slew.moving || this.#trolley.moving || this.#hook.moving
  }

  #order(order: Order): void {
    this.#ordered = order
    if (this.#phase === 'waiting') this.#step = undefined
  }

  #pass(ms: number): void {
    this.#surroundings.advance(this.#ticker.time, this.#moving)
    if (!this.#inService) return
    this.#slew.tick(ms)
    this.#trolley.tick(ms)
    this.#hook.tick(ms)
  }

  #tick(): void {
    this.#pass(tickMs)
    if (!this.#inService) return
    if (!this.#goesOn()) this.#begin(this.#steps.shift() ?? this.#firstOfNextLift())
    this.#noteFault()
  }

  /** @returns whether the present step is not over yet */
  #goesOn(): boolean {
    const step = this.#step
    if (step === undefined) return false
    switch (step.kind) {
      case 'move':
        return this.#moving
      case 'wait':
        return this.#ticker.time < this.#waitUntil
      case 'load': {
        const most = (loadingRate * tickMs) / 1000
        this.#load += Math.min(most, Math.max(-most, step.mass - this.#load))
        return this.#load !== step.mass
      }
    }
  }

  #firstOfNextLift(): Step {
    const order = this.#ordered
    this.#ordered = undefined
    this.#injected = order
    this.#faultSince = undefined
    const [first, ...others] =
      order === undefined
        ? workCycle(this.#demand.next(), this.#limits.hookHeight[1])
        : injectedWork(order, this.#options, this.#limits, this.#demand, this.#slew.state.position)
    this.#steps = others
    return first
  }

  #begin(step: Step): void {
    this.#step = step
    switch (step.kind) {
      case 'move':
        this.#phase = 'moving'
        this.#move(this.#slew, step.slew, this.#limits.slew)
        this.#move(this.#trolley, step.radius, this.#limits.trolley)
        this.#move(this.#hook, step.height, this.#limits.hoist)
        break
      case 'wait':
        this.#phase = step.working ? 'slinging' : 'waiting'
        this.#waitUntil = this.#ticker.time + step.seconds * 1000
        break
      case 'load':
        this.#phase = step.mass > 0 ? 'taking_load' : 'setting_down'
        if (step.mass > 0) {
          this.#pickedUp = { radius: this.#trolley.state.position, height: this.#hook.state.position }
        }
    }
  }

  #move(axis: Axis, to: number | undefined, limits: MotionLimits): void {
    if (to !== undefined) axis.follow(moveTo(axis.state.position, to, limits))
  }

  #noteFault(): void {
    const order = this.#injected
    if (order === undefined) return
    const arrived = this.#step?.kind === 'wait'
    if (workFaultPresent(order.name, this.truth, this.#options, arrived)) {
      this.#faultSince ??= this.#ticker.time
    } else if (this.#faultSince !== undefined && this.#over(order)) {
      this.#injected = undefined
      this.#faultSince = undefined
    }
  }

  /** The load is set down, or the driver is back from where he must not be. */
  #over({ name }: Order): boolean {
    if (name === 'forbidden_zone' || name === 'collision') return this.#steps.length === 0 && !this.#moving
    return this.#load === 0
  }
}

function reevings({ loadChart }: Parameters): [2 | 4, ...(2 | 4)[]] {
  if (loadChart[2] === undefined) return [4]
  return loadChart[4] === undefined ? [2] : [2, 4]
}
