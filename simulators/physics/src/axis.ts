import { type Motion, type MotionState, standstill } from './jerk-limited.ts'

/** One axis of a machine, carried along the motions it is given. */
export class Axis {
  #state: MotionState
  #motion: Motion | undefined
  #elapsedMs = 0
  /** Time has passed since `#state` was worked out. */
  #stale = false

  constructor(position: number) {
    this.#state = standstill(position)
  }

  get state(): MotionState {
    if (this.#stale && this.#motion !== undefined) this.#state = this.#motion.at(this.#elapsedMs / 1000)
    this.#stale = false
    return this.#state
  }

  get moving(): boolean {
    return this.#motion !== undefined
  }

  /** How long the motion goes on, ms; 0 at rest. */
  get remainingMs(): number {
    return this.#motion === undefined ? 0 : this.#motion.duration * 1000 - this.#elapsedMs
  }

  /** Takes up a motion that begins in the present state. */
  follow(motion: Motion): void {
    this.#motion = motion.duration > 0 ? motion : undefined
    this.#elapsedMs = 0
    this.#stale = false
  }

  /** Lets whole milliseconds go by: in one step or in many, it comes to the same place. */
  tick(dtMs: number): void {
    if (this.#motion === undefined) return
    this.#elapsedMs += dtMs
    this.#stale = true
    if (this.#elapsedMs < this.#motion.duration * 1000) return
    this.#state = this.#motion.end
    this.#motion = undefined
    this.#stale = false
  }
}
