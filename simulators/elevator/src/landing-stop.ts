import type { CarDoor } from './car-door.ts'
import type { Passengers } from './passengers.ts'

/** One person needs so long for a step in or out, ms. */
const transferMs = 1_200
/** The door waits so long for a next one, ms. */
const dwellMs = 3_000
/** Then it shuts whoever still comes, ms: a door held open for 120 s is a fault of its own. */
const longestOpenMs = 45_000
const reopenings = 2

/** A stop at a landing: the door opens, people step out and in, the door shuts. */
export class LandingStop {
  readonly #floor: number
  readonly #door: CarDoor
  readonly #passengers: Passengers
  readonly #alsoMoves: () => boolean
  readonly #turnsBack: () => boolean
  #openMs = 0
  #sinceTransferMs = 0
  #reopened = 0

  /**
   * @param alsoMoves asked when nobody else moves: whether someone does of whom the calls know nothing
   * @param turnsBack asked while the door shuts: whether something is in its way
   */
  constructor(
    floor: number,
    door: CarDoor,
    passengers: Passengers,
    alsoMoves: () => boolean,
    turnsBack: () => boolean,
  ) {
    this.#floor = floor
    this.#door = door
    this.#passengers = passengers
    this.#alsoMoves = alsoMoves
    this.#turnsBack = turnsBack
    door.open()
  }

  /** @returns whether the stop goes on; false once the door is shut again */
  tick(dtMs: number): boolean {
    this.#door.tick(dtMs)
    if (this.#door.state === 'closed') return false
    if (this.#door.state === 'open') this.#standOpen(dtMs)
    else if (this.#door.state === 'closing') this.#reopen()
    return true
  }

  #standOpen(dtMs: number): void {
    this.#openMs += dtMs
    this.#sinceTransferMs += dtMs
    if (this.#sinceTransferMs < transferMs) return
    if (this.#someoneMoves()) this.#sinceTransferMs = 0
    else if (this.#sinceTransferMs >= dwellMs) this.#door.close()
  }

  #someoneMoves(): boolean {
    const movesInTime =
      this.#openMs < longestOpenMs &&
      (this.#passengers.alightOne(this.#floor) || this.#passengers.boardOne(this.#floor))
    return movesInTime || this.#alsoMoves()
  }

  #reopen(): void {
    if (!this.#turnsBack()) {
      if (this.#reopened >= reopenings || !this.#passengers.wantsIn(this.#floor)) return
      this.#reopened++
    }
    this.#sinceTransferMs = 0
    this.#door.open()
  }
}
