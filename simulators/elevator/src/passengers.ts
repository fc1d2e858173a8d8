import type { Passenger } from './demand.ts'

/** Those in the car and those who wait at the landings. */
export class Passengers {
  #aboard: Passenger[] = []
  readonly #waiting: Passenger[] = []
  readonly #fullLoad: number

  /** @param fullLoad kg beyond which nobody steps in */
  constructor(fullLoad: number) {
    this.#fullLoad = fullLoad
  }

  get count(): number {
    return this.#aboard.length
  }

  /** kg in the car. */
  get load(): number {
    return this.#aboard.reduce((sum, { mass }) => sum + mass, 0)
  }

  wait(passenger: Passenger): void {
    this.#waiting.push(passenger)
  }

  /** Those who wait give up. */
  dismiss(): void {
    this.#waiting.length = 0
  }

  /** Whether someone at the landing would still fit in. */
  wantsIn(floor: number): boolean {
    return this.#nextIn(floor) >= 0
  }

  /** One steps out who wants out here. @returns whether anyone did */
  alightOne(floor: number): boolean {
    const index = this.#aboard.findIndex(({ to }) => to === floor)
    if (index < 0) return false
    this.#aboard.splice(index, 1)
    return true
  }

  /** One who waits here steps in. @returns whether anyone did */
  boardOne(floor: number): boolean {
    const index = this.#nextIn(floor)
    if (index < 0) return false
    this.#aboard.push(...this.#waiting.splice(index, 1))
    return true
  }

  /** Squeezes in, full or not. */
  squeezeIn(passenger: Passenger): void {
    this.#aboard.push(passenger)
  }

  /** The one who came last steps out again. */
  lastOut(): void {
    this.#aboard.pop()
  }

  /** All get out at this landing: they have had enough. */
  leaveAt(floor: number): void {
    this.#aboard = this.#aboard.map((passenger) => ({ ...passenger, to: floor }))
  }

  /**
   * Where the car goes next: on in its direction to the nearest landing where someone wants out or in, else back
   * (non-selective collective control).
   */
  nextStop(floor: number, direction: number): number | undefined {
    const calls = [...this.#aboard.map(({ to }) => to), ...this.#waiting.map(({ from }) => from)]
    const nearest = (side: number): number | undefined =>
      calls
        .filter((call) => (call - floor) * side > 0)
        .reduce<number | undefined>(
          (best, call) => (best === undefined || Math.abs(call - floor) < Math.abs(best - floor) ? call : best),
          undefined,
        )
    const ahead = direction < 0 ? -1 : 1
    return nearest(ahead) ?? nearest(-ahead)
  }

  #nextIn(floor: number): number {
    const free = this.#fullLoad - this.load
    return this.#waiting.findIndex(({ from, mass }) => from === floor && mass <= free)
  }
}
