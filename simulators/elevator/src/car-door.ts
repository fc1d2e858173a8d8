export type CarDoorState = 'closed' | 'opening' | 'open' | 'closing'

const openingMs = 1_800
const closingMs = 2_400

/** The car door with the landing door it takes along. */
export class CarDoor {
  #state: CarDoorState = 'closed'
  /** How far it is open, ms of opening. */
  #openMs = 0

  get state(): CarDoorState {
    return this.#state
  }

  open(): void {
    if (this.#state !== 'open') this.#state = 'opening'
  }

  close(): void {
    if (this.#state !== 'closed') this.#state = 'closing'
  }

  tick(dtMs: number): void {
    if (this.#state === 'opening') {
      this.#openMs += dtMs
      if (this.#openMs < openingMs) return
      this.#openMs = openingMs
      this.#state = 'open'
    } else if (this.#state === 'closing') {
      this.#openMs -= (dtMs * openingMs) / closingMs
      if (this.#openMs > 0) return
      this.#openMs = 0
      this.#state = 'closed'
    }
  }
}
