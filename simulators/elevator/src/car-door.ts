export type CarDoorState = 'closed' | 'opening' | 'open' | 'closing'

const openingMs = 1_800
const closingMs = 2_400
/** A worn door, its rail dirty and its belt slack, is so much slower. */
const wornSlowness = 1.2

/** The car door with the landing door it takes along. */
export class CarDoor {
  readonly #slowness: number
  #state: CarDoorState = 'closed'
  /** How far it is open, 0 to 1. */
  #share = 0

  /** @param wear 0 as new to 1 */
  constructor(wear = 0) {
    this.#slowness = 1 + wornSlowness * wear
  }

  get state(): CarDoorState {
    return this.#state
  }

  /** How far it is open, 0 to 1. */
  get share(): number {
    return this.#share
  }

  open(): void {
    if (this.#state !== 'open') this.#state = 'opening'
  }

  close(): void {
    if (this.#state !== 'closed') this.#state = 'closing'
  }

  tick(dtMs: number): void {
    if (this.#state === 'opening') {
      this.#share += dtMs / (openingMs * this.#slowness)
      if (this.#share < 1 - 1e-9) return
      this.#share = 1
      this.#state = 'open'
    } else if (this.#state === 'closing') {
      this.#share -= dtMs / (closingMs * this.#slowness)
      if (this.#share > 1e-9) return
      this.#share = 0
      this.#state = 'closed'
    }
  }
}
