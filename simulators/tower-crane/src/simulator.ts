import type { EquipmentOf, TowerCraneFrame } from '@lifeline/contracts'
import {
  Axis,
  createRandom,
  type MotionLimits,
  meanReverting,
  moveTo,
  type Simulator,
  type SimulatorOptions,
  stopFrom,
  Ticker,
  tickMs,
} from '@lifeline/simulator-physics'
import { createDemand, type Demand, type Lift } from './demand.ts'
import { towerCraneFrame } from './frame.ts'
import { type Sector, type TowerCraneLimits, towerCraneLimits } from './limits.ts'
import { capacityAt, gravity } from './load-chart.ts'
import type { TowerCranePhase, TowerCraneTruth } from './truth.ts'
import { type Step, workCycle } from './work-cycle.ts'

type Parameters = EquipmentOf<'tower-crane'>['parameters']

export interface TowerCraneOptions extends SimulatorOptions<Parameters> {
  /** Where it works: clear of its neighbours and of forbidden zones. Default all round. */
  readonly sector?: Sector
}

/** A tower crane with its driver. */
export interface TowerCrane extends Simulator<TowerCraneFrame, TowerCraneTruth> {
  /**
   * The next lift is trolleyed out to where its load is `share` of what the chart allows; no limiter acts. Begins at
   * once where the crane has nothing to do, else after the lift it is at, and ends when the load is set down.
   */
  overloadMoment(share: number): void
}

/** A crane that stands idle in the middle of its sector, its hook up, at `startTime`. */
export function createTowerCrane(options: TowerCraneOptions): TowerCrane {
  return new TowerCraneMachine(options)
}

/** How fast the rope takes the load up and lets it down, kg/s. */
const loadingRate = 1_000
/** Share of capacity at which a crane's limiter first speaks (JGJ 332-2014). */
const firstLevel = 0.8

class TowerCraneMachine implements TowerCrane {
  readonly #parameters: Parameters
  readonly #operator: string | undefined
  readonly #inService: boolean
  readonly #falls: 2 | 4
  readonly #limits: TowerCraneLimits
  readonly #ticker: Ticker
  readonly #demand: Demand
  readonly #nextWind: () => number
  readonly #slew: Axis
  readonly #trolley: Axis
  readonly #hook: Axis
  #wind: number
  #load = 0
  #steps: Step[] = []
  #step: Step | undefined
  #waitUntil = 0
  #phase: TowerCranePhase
  /** Share of the overloaded lift to come. */
  #ordered: number | undefined
  #overloaded: Lift | undefined
  #faultSince: number | undefined

  constructor({
    parameters,
    seed,
    startTime,
    inService = true,
    operator,
    sector = { from: 0, to: 360 },
  }: TowerCraneOptions) {
    const random = createRandom(seed)
    this.#parameters = parameters
    this.#operator = operator
    this.#inService = inService
    this.#falls = random.pick(reevings(parameters))
    this.#limits = towerCraneLimits(parameters, this.#falls)
    this.#ticker = new Ticker(startTime, tickMs)
    this.#demand = createDemand(random, parameters, this.#limits, this.#falls, sector)
    const wind = { mean: random.between(2, 4.5), deviation: 1.2, relaxation: 60, min: 0.1 }
    this.#nextWind = meanReverting(
      createRandom(`wind ${seed}`),
      { ...wind, max: Math.min(8.5, 0.7 * parameters.windLimit) },
      tickMs,
    )
    this.#wind = this.#nextWind()
    this.#slew = new Axis((sector.from + sector.to) / 2)
    this.#trolley = new Axis((this.#limits.radius[0] + this.#limits.radius[1]) / 2)
    this.#hook = new Axis(this.#limits.hookHeight[1])
    this.#phase = inService ? 'waiting' : 'parked'
  }

  step(dtMs: number): void {
    this.#ticker.step(dtMs, () => this.#tick())
  }

  frame(): TowerCraneFrame {
    return towerCraneFrame(this.truth, {
      seq: this.#ticker.count,
      falls: this.#falls,
      ...(this.#operator === undefined || !this.#inService ? {} : { operator: this.#operator }),
    })
  }

  get truth(): TowerCraneTruth {
    const capacity = capacityAt(this.#parameters, this.#falls, this.#trolley.state.position)
    const hookLoad = this.#load * (1 + this.#hook.state.acceleration / gravity)
    return {
      time: this.#ticker.time,
      moving: this.#slew.moving || this.#trolley.moving || this.#hook.moving,
      phase: this.#phase,
      slew: this.#slew.state,
      trolley: this.#trolley.state,
      hook: this.#hook.state,
      load: this.#load,
      hookLoad,
      capacity,
      momentShare: hookLoad === 0 ? 0 : hookLoad / capacity,
      windSpeed: this.#wind,
      ...(this.#faultSince === undefined ? {} : { fault: { name: 'moment', since: this.#faultSince } }),
    }
  }

  overloadMoment(share: number): void {
    this.#ordered = share
    if (this.#phase === 'waiting') this.#step = undefined
  }

  release(): void {
    this.#ordered = undefined
    if (this.#overloaded === undefined) return
    const { radius, height } = this.#overloaded.from
    this.#slew.follow(stopFrom(this.#slew.state, this.#limits.slew))
    this.#trolley.follow(stopFrom(this.#trolley.state, this.#limits.trolley))
    this.#hook.follow(stopFrom(this.#hook.state, this.#limits.hoist))
    this.#step = { kind: 'move' }
    this.#steps = [
      { kind: 'move', radius },
      { kind: 'move', height },
      { kind: 'load', mass: 0 },
    ]
  }

  #tick(): void {
    this.#wind = this.#nextWind()
    if (!this.#inService) return
    this.#slew.tick(tickMs)
    this.#trolley.tick(tickMs)
    this.#hook.tick(tickMs)
    if (!this.#goesOn()) this.#begin(this.#steps.shift() ?? this.#firstOfNextLift())
    this.#noteFault()
  }

  /** @returns whether the present step is not over yet */
  #goesOn(): boolean {
    const step = this.#step
    if (step === undefined) return false
    switch (step.kind) {
      case 'move':
        return this.#slew.moving || this.#trolley.moving || this.#hook.moving
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
    const share = this.#ordered
    const lift = share === undefined ? this.#demand.next() : this.#demand.overloaded(share)
    this.#ordered = undefined
    this.#overloaded = share === undefined ? undefined : lift
    const [first, ...others] = workCycle(lift, this.#limits.hookHeight[1])
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
    }
  }

  #move(axis: Axis, to: number | undefined, limits: MotionLimits): void {
    if (to !== undefined) axis.follow(moveTo(axis.state.position, to, limits))
  }

  #noteFault(): void {
    if (this.#overloaded === undefined && this.#faultSince === undefined) return
    if (this.truth.momentShare >= firstLevel) this.#faultSince ??= this.#ticker.time
    if (this.#load > 0 || this.#faultSince === undefined) return
    this.#overloaded = undefined
    this.#faultSince = undefined
  }
}

function reevings({ loadChart }: Parameters): [2 | 4, ...(2 | 4)[]] {
  if (loadChart[2] === undefined) return [4]
  return loadChart[4] === undefined ? [2] : [2, 4]
}
