import type { ElevatorFrame, EquipmentOf } from '@lifeline/contracts'
import {
  Axis,
  createRandom,
  moveTo,
  nearest,
  type SimulatorOptions,
  stopFrom,
  Ticker,
  tickMs,
} from '@lifeline/simulator-physics'
import { CarDoor } from './car-door.ts'
import { createDemand, type Demand } from './demand.ts'
import type { Elevator, Entrapment } from './elevator.ts'
import { elevatorFrame } from './frame.ts'
import { injectedPeopleMove } from './injected-people.ts'
import { beyondEnd, driftFrom, farFromLandingMs, injectedTarget, ride, wouldHaltBetween } from './injected-ride.ts'
import { halting, type Injection, injectionOf, withoutPeople } from './injection.ts'
import { LandingStop } from './landing-stop.ts'
import { type ElevatorLimits, elevatorLimits } from './limits.ts'
import { Passengers } from './passengers.ts'
import { Trouble } from './trouble.ts'
import type { ElevatorFault, ElevatorPhase, ElevatorTruth } from './truth.ts'

type Parameters = EquipmentOf<'elevator'>['parameters']

/** A lift that stands empty at its lowest landing at `startTime`. */
export function createElevator(options: SimulatorOptions<Parameters>): Elevator {
  return new ElevatorMachine(options)
}

class ElevatorMachine implements Elevator {
  readonly #limits: ElevatorLimits
  readonly #ticker: Ticker
  readonly #ticked = {
    tick: () => this.#tick(),
    quietUntil: () => this.quietUntil,
    skip: (ms: number) => this.#drive.tick(ms),
  }
  readonly #demand: Demand
  readonly #passengers: Passengers
  readonly #door: CarDoor
  readonly #drive = new Axis(0)
  #stop: LandingStop | undefined
  #phase: ElevatorPhase = 'idle'
  #floor = 0
  #direction = 1
  #mode: NonNullable<ElevatorFrame['mode']>
  #power: NonNullable<ElevatorFrame['power']> = 'mains'
  readonly #trouble = new Trouble()
  #haltedMs = 0

  constructor({ parameters, seed, startTime, inService = true, wear = 0 }: SimulatorOptions<Parameters>) {
    this.#limits = elevatorLimits(parameters)
    this.#ticker = new Ticker(startTime, tickMs)
    this.#demand = createDemand(createRandom(seed), parameters.floors, startTime)
    this.#passengers = new Passengers(this.#limits.fullLoad)
    this.#door = new CarDoor(wear)
    this.#mode = inService ? 'normal' : 'out_of_service'
  }

  step(dtMs: number): void {
    this.#ticker.step(dtMs, this.#ticked)
  }

  frame(): ElevatorFrame {
    return elevatorFrame(this.truth, {
      seq: this.#ticker.count,
      mode: this.#mode,
      floor: nearest(this.#limits.landings, this.#drive.state.position),
      alarmButton: this.#phase === 'halted' && this.#trouble.alarmPressed(this.#haltedMs),
      power: this.#power,
    })
  }

  get truth(): ElevatorTruth {
    const { state } = this.#drive
    const { fault } = this.#trouble
    return {
      ...state,
      time: this.#ticker.time,
      moving: this.#drive.moving,
      phase: this.#phase,
      door: this.#door.state,
      inDoorZone: this.#inDoorZone(),
      people: this.#passengers.count,
      load: this.#passengers.load,
      chainBroken: fault?.name === 'safety_chain_open',
      ...(fault === undefined ? {} : { fault }),
    }
  }

  get quietUntil(): number {
    const { time } = this.#ticker
    const { nextAt } = this.#demand
    const nothingElse = this.#trouble.injection === undefined && this.#power === 'mains'
    if (!nothingElse || nextAt <= time) return time
    if (this.#phase === 'riding') return Math.min(nextAt, time + this.#drive.remainingMs)
    return this.#phase === 'idle' && this.#target() === undefined && !this.#passengers.wantsIn(this.#floor)
      ? nextAt
      : time
  }

  inject(fault: ElevatorFault): void {
    this.#trouble.order(injectionOf(fault))
    if (fault !== 'power_loss') return
    this.#power = 'off'
    this.#present()
  }

  entrap({ people = 1, alarmAfterMs = 5_000 }: Entrapment = {}): void {
    this.#trouble.order({ name: 'entrapment', people, alarmAfterMs })
  }

  overload(): void {
    this.#trouble.order(injectionOf('overload'))
  }

  overspeed(ratio = 1.2): void {
    this.#trouble.order({ name: 'overspeed', ratio })
  }

  release(): void {
    if (this.#trouble.is('power_loss')) this.#power = 'mains'
    if (this.#trouble.injection?.name === 'overload') this.#trouble.injection.phase = 'stepping_out'
    else this.#trouble.order(undefined)
  }

  setMode(mode: NonNullable<ElevatorFrame['mode']>): void {
    this.#mode = mode
    if (mode !== 'normal') this.#passengers.dismiss()
  }

  setPower(power: NonNullable<ElevatorFrame['power']>): void {
    this.#power = power
  }

  #present(): void {
    this.#trouble.present(this.#ticker.time)
  }

  #tick(): void {
    for (const passenger of this.#demand.arrivals(this.#ticker.time)) {
      if (this.#mode === 'normal') this.#passengers.wait(passenger)
    }
    this.#drive.tick(tickMs)
    if (this.#power !== 'mains' && this.#phase !== 'braking' && this.#drive.moving) this.#brake()
    else if (this.#phase === 'braking' && !this.#drive.moving) this.#halt()
    else if (this.#phase === 'riding') this.#ride()
    else if (this.#phase === 'drifting') this.#drift()
    else if (this.#power === 'mains') this.#stand()
  }

  #stand(): void {
    if (this.#phase === 'at_landing') {
      if (this.#trouble.is('unintended_movement') && this.#door.state === 'open') {
        this.#drive.follow(driftFrom(this.#drive.state))
        this.#phase = 'drifting'
      } else if (this.#stop?.tick(tickMs) === false) this.#depart()
    } else if (this.#phase === 'idle') {
      const comeIn = this.#trouble.injection !== undefined && !withoutPeople.has(this.#trouble.injection.name)
      if (this.#trouble.is('safety_chain_open')) this.#present()
      else if (comeIn || this.#passengers.wantsIn(this.#floor)) this.#openAt(this.#floor)
      else this.#depart()
    } else if (this.#phase === 'halted') {
      this.#haltedMs += tickMs
      if (!halting.has(this.#trouble.injection?.name)) this.#leaveHalt()
    } else if (!this.#drive.moving) {
      this.#passengers.leaveAt(this.#floor)
      this.#openAt(this.#floor)
    }
  }

  #openAt(floor: number): void {
    this.#floor = floor
    this.#phase = 'at_landing'
    const alsoMoves = () => this.#injectedPeopleMove()
    this.#stop = new LandingStop(floor, this.#door, this.#passengers, alsoMoves, () =>
      this.#trouble.turnsBack(this.#door.share, this.#ticker.time),
    )
  }

  #depart(): void {
    const target = this.#target()
    if (target === undefined || this.#trouble.is('safety_chain_open')) {
      this.#phase = 'idle'
      return
    }
    this.#direction = Math.sign(target - this.#floor)
    this.#drive.follow(ride(this.#limits, this.#floor, target, this.#trouble.injection))
    this.#floor = target
    this.#phase = 'riding'
  }

  /** Where something is to go wrong on the way, else where someone wants to. */
  #target(): number | undefined {
    const last = this.#limits.landings.length - 1
    const injected =
      this.#trouble.injection && injectedTarget(this.#trouble.injection, this.#floor, last, this.#passengers.count)
    return injected ?? this.#passengers.nextStop(this.#floor, this.#direction)
  }

  #ride(): void {
    const injection = this.#trouble.injection
    if (injection !== undefined && this.#goesWrong(injection)) return
    if (this.#drive.moving) return
    if (injection?.name === 'overspeed' || (injection?.name === 'moving_with_door_open' && this.#trouble.fault)) {
      this.#trouble.order(undefined)
    }
    this.#openAt(this.#floor)
  }

  /** @returns whether that is all that happens now */
  #goesWrong(injection: Injection): boolean {
    const { position, speed } = this.#drive.state
    switch (injection.name) {
      case 'entrapment':
      case 'stop_outside_door_zone': {
        const enough = 'people' in injection ? this.#passengers.count >= injection.people : this.#passengers.count === 0
        if (!enough || !wouldHaltBetween(this.#limits, this.#drive.state)) return false
        this.#brake()
        return true
      }
      case 'overspeed':
        if (Math.abs(speed) > this.#limits.ride.speed) this.#present()
        return false
      case 'moving_with_door_open':
        if (Math.abs(speed) > 0.3 && !this.#inDoorZone() && this.#drive.remainingMs > farFromLandingMs) {
          this.#door.open()
          this.#present()
        }
        this.#door.tick(tickMs)
        return false
      case 'overtravel_top':
      case 'overtravel_bottom':
        if (!beyondEnd(this.#limits, position)) return false
        this.#present()
        if (!this.#drive.moving) this.#halt()
        return true
      case 'shut_in':
        if (this.#drive.moving || this.#passengers.count < injection.people) return false
        this.#halt()
        return true
      default:
        return false
    }
  }

  #drift(): void {
    if (!this.#inDoorZone()) this.#present()
    if (!this.#drive.moving) this.#halt()
  }

  #brake(): void {
    this.#drive.follow(stopFrom(this.#drive.state, this.#limits.brake))
    this.#phase = 'braking'
  }

  #halt(): void {
    this.#phase = 'halted'
    this.#haltedMs = 0
    if (halting.has(this.#trouble.injection?.name)) this.#present()
  }

  /** Shuts the door, should it be open, and creeps to the nearest landing. */
  #leaveHalt(): void {
    if (this.#door.state !== 'closed') {
      this.#door.close()
      this.#door.tick(tickMs)
      return
    }
    const { position } = this.#drive.state
    this.#floor = nearest(this.#limits.landings, position)
    this.#drive.follow(moveTo(position, this.#height(this.#floor), this.#limits.creep))
    this.#phase = 'creeping'
  }

  #injectedPeopleMove(): boolean {
    const injection = this.#trouble.injection
    if (injection === undefined) return false
    const last = this.#limits.landings.length - 1
    const newcomer = () => this.#demand.passenger(this.#floor, this.#floor > last / 2 ? 0 : last)
    const move = injectedPeopleMove(injection, this.#passengers, this.#limits, newcomer, this.#ticker.time)
    const overloaded = injection.name === 'overload' && this.#passengers.load >= this.#limits.overload
    if (overloaded || injection.name === 'door_open_too_long') this.#present()
    if (move === 'over') this.#trouble.order(undefined)
    return move === 'busy'
  }

  #inDoorZone(): boolean {
    const { position } = this.#drive.state
    return Math.abs(position - this.#height(nearest(this.#limits.landings, position))) <= this.#limits.doorZone
  }

  #height(floor: number): number {
    return this.#limits.landings[floor] ?? 0
  }
}
