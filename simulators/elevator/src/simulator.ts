import type { ElevatorFrame, EquipmentOf } from '@lifeline/contracts'
import {
  Axis,
  createRandom,
  moveTo,
  nearest,
  type Simulator,
  type SimulatorOptions,
  stopFrom,
  Ticker,
  tickMs,
} from '@lifeline/simulator-physics'
import { CarDoor } from './car-door.ts'
import { createDemand, type Demand } from './demand.ts'
import { elevatorFrame } from './frame.ts'
import { injectedPeopleMove } from './injected-people.ts'
import { alarmPressed, type Injection } from './injection.ts'
import { LandingStop } from './landing-stop.ts'
import { betweenLandings, type ElevatorLimits, elevatorLimits } from './limits.ts'
import { Passengers } from './passengers.ts'
import type { ElevatorPhase, ElevatorTruth } from './truth.ts'

export interface Entrapment {
  /** At least so many are in the car. Default 1. */
  readonly people?: number
  /** ms from the halt to the first press of the alarm button, then now and then; Infinity for never. Default 5,000. */
  readonly alarmAfterMs?: number
}

/** A lift with its passengers. */
export interface Elevator extends Simulator<ElevatorFrame, ElevatorTruth> {
  /** With its next passengers the car halts between two landings, doors shut, and stays until `release`. */
  entrap(how?: Entrapment): void
  /** At the next landing too many step in; the car does not start, and after 20 s the last step out again. */
  overload(): void
  /** The next ride goes to `ratio` × rated speed (default 1.2), and no governor acts. */
  overspeed(ratio?: number): void
  /** Any mode but `normal` takes those in the car to where they want, and then nobody else. */
  setMode(mode: NonNullable<ElevatorFrame['mode']>): void
  /** Without mains nothing moves: the brake halts the car where it is. With it the car creeps to a landing. */
  setPower(power: NonNullable<ElevatorFrame['power']>): void
}

/** A lift that stands empty at its lowest landing at `startTime`. */
export function createElevator(options: SimulatorOptions<EquipmentOf<'elevator'>['parameters']>): Elevator {
  return new ElevatorMachine(options)
}

class ElevatorMachine implements Elevator {
  readonly #ratedSpeed: number
  readonly #limits: ElevatorLimits
  readonly #ticker: Ticker
  readonly #demand: Demand
  readonly #passengers: Passengers
  readonly #door = new CarDoor()
  readonly #drive = new Axis(0)
  #stop: LandingStop | undefined
  #phase: ElevatorPhase = 'idle'
  #floor = 0
  #direction = 1
  #mode: NonNullable<ElevatorFrame['mode']>
  #power: NonNullable<ElevatorFrame['power']> = 'mains'
  #injection: Injection | undefined
  /** The injected condition is there since; undefined before. */
  #faultSince: number | undefined
  #haltedMs = 0

  constructor({
    parameters,
    seed,
    startTime,
    inService = true,
  }: SimulatorOptions<EquipmentOf<'elevator'>['parameters']>) {
    this.#ratedSpeed = parameters.ratedSpeed
    this.#limits = elevatorLimits(parameters)
    this.#ticker = new Ticker(startTime, tickMs)
    this.#demand = createDemand(createRandom(seed), parameters.floors, startTime)
    this.#passengers = new Passengers(this.#limits.fullLoad)
    this.#mode = inService ? 'normal' : 'out_of_service'
  }

  step(dtMs: number): void {
    this.#ticker.step(dtMs, () => this.#tick())
  }

  frame(): ElevatorFrame {
    const alarmAfterMs =
      this.#injection?.name === 'entrapment' ? this.#injection.alarmAfterMs : Number.POSITIVE_INFINITY
    return elevatorFrame(this.truth, {
      seq: this.#ticker.count,
      mode: this.#mode,
      floor: nearest(this.#limits.landings, this.#drive.state.position),
      alarmButton: this.#phase === 'halted' && alarmPressed(this.#haltedMs, alarmAfterMs),
      power: this.#power,
    })
  }

  get truth(): ElevatorTruth {
    const { position } = this.#drive.state
    const landing = this.#height(nearest(this.#limits.landings, position))
    const since = this.#faultSince
    return {
      ...this.#drive.state,
      time: this.#ticker.time,
      moving: this.#drive.moving,
      phase: this.#phase,
      door: this.#door.state,
      inDoorZone: Math.abs(position - landing) <= this.#limits.doorZone,
      people: this.#passengers.count,
      load: this.#passengers.load,
      ...(this.#injection === undefined || since === undefined ? {} : { fault: { name: this.#injection.name, since } }),
    }
  }

  entrap({ people = 1, alarmAfterMs = 5_000 }: Entrapment = {}): void {
    this.#inject({ name: 'entrapment', people, alarmAfterMs })
  }

  overload(): void {
    this.#inject({ name: 'overload', phase: 'squeezing_in', stayUntil: 0 })
  }

  overspeed(ratio = 1.2): void {
    this.#inject({ name: 'overspeed', ratio })
  }

  release(): void {
    if (this.#injection?.name === 'overload') this.#injection.phase = 'stepping_out'
    else this.#inject(undefined)
  }

  setMode(mode: NonNullable<ElevatorFrame['mode']>): void {
    this.#mode = mode
    if (mode !== 'normal') this.#passengers.dismiss()
  }

  setPower(power: NonNullable<ElevatorFrame['power']>): void {
    this.#power = power
  }

  #inject(injection: Injection | undefined): void {
    this.#injection = injection
    this.#faultSince = undefined
  }

  #tick(): void {
    for (const passenger of this.#demand.arrivals(this.#ticker.time)) {
      if (this.#mode === 'normal') this.#passengers.wait(passenger)
    }
    this.#drive.tick(tickMs)
    if (this.#power !== 'mains' && this.#phase !== 'braking' && this.#drive.moving) this.#brake()
    else if (this.#phase === 'braking' && !this.#drive.moving) this.#halt()
    else if (this.#phase === 'riding') this.#ride()
    else if (this.#power === 'mains') this.#stand()
  }

  #stand(): void {
    if (this.#phase === 'at_landing') {
      if (this.#stop?.tick(tickMs) === false) this.#depart()
    } else if (this.#phase === 'idle') {
      if (this.#injection !== undefined || this.#passengers.wantsIn(this.#floor)) this.#openAt(this.#floor)
      else this.#depart()
    } else if (this.#phase === 'halted') {
      this.#haltedMs += tickMs
      if (this.#injection?.name !== 'entrapment') this.#creep()
    } else if (!this.#drive.moving) {
      this.#passengers.leaveAt(this.#floor)
      this.#openAt(this.#floor)
    }
  }

  #openAt(floor: number): void {
    this.#floor = floor
    this.#phase = 'at_landing'
    this.#stop = new LandingStop(floor, this.#door, this.#passengers, () => this.#injectedPeopleMove())
  }

  #depart(): void {
    const target = this.#target()
    if (target === undefined) {
      this.#phase = 'idle'
      return
    }
    this.#direction = Math.sign(target - this.#floor)
    const overspeed = this.#injection?.name === 'overspeed' ? this.#injection.ratio : undefined
    const limits =
      overspeed === undefined ? this.#limits.ride : { speed: this.#ratedSpeed * overspeed, acceleration: 1.5, jerk: 3 }
    this.#drive.follow(moveTo(this.#height(this.#floor), this.#height(target), limits))
    this.#floor = target
    this.#phase = 'riding'
  }

  /** The farthest landing where something is to go wrong on the way, else where someone wants to. */
  #target(): number | undefined {
    const { landings } = this.#limits
    const last = landings.length - 1
    if (this.#injection?.name === 'entrapment' || this.#injection?.name === 'overspeed') {
      return this.#floor > last / 2 ? 0 : last
    }
    return this.#passengers.nextStop(this.#floor, this.#direction)
  }

  #ride(): void {
    const injection = this.#injection
    if (injection?.name === 'entrapment' && this.#passengers.count >= injection.people && this.#wouldHaltBetween()) {
      this.#brake()
      return
    }
    if (injection?.name === 'overspeed' && Math.abs(this.#drive.state.speed) > this.#ratedSpeed) {
      this.#faultSince ??= this.#ticker.time
    }
    if (this.#drive.moving) return
    if (injection?.name === 'overspeed') this.#inject(undefined)
    this.#openAt(this.#floor)
  }

  #wouldHaltBetween(): boolean {
    return betweenLandings(this.#limits.landings, stopFrom(this.#drive.state, this.#limits.brake).end.position)
  }

  #brake(): void {
    this.#drive.follow(stopFrom(this.#drive.state, this.#limits.brake))
    this.#phase = 'braking'
  }

  #halt(): void {
    this.#phase = 'halted'
    this.#haltedMs = 0
    if (this.#injection?.name === 'entrapment') this.#faultSince = this.#ticker.time
  }

  #creep(): void {
    const { position } = this.#drive.state
    this.#floor = nearest(this.#limits.landings, position)
    this.#drive.follow(moveTo(position, this.#height(this.#floor), this.#limits.creep))
    this.#phase = 'creeping'
  }

  #injectedPeopleMove(): boolean {
    const injection = this.#injection
    if (injection === undefined) return false
    const last = this.#limits.landings.length - 1
    const newcomer = () => this.#demand.passenger(this.#floor, this.#floor > last / 2 ? 0 : last)
    const move = injectedPeopleMove(injection, this.#passengers, this.#limits, newcomer, this.#ticker.time)
    const overloaded = injection.name === 'overload' && this.#passengers.load >= this.#limits.overload
    if (overloaded) this.#faultSince ??= this.#ticker.time
    if (move === 'over') this.#inject(undefined)
    return move === 'busy'
  }

  #height(floor: number): number {
    return this.#limits.landings[floor] ?? 0
  }
}
