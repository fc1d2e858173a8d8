import { type Motion, type MotionState, standstill } from './jerk-limited.ts'

/** One axis of a machine, carried along the motions it is given. */
export class Axis {
  #state: MotionState
  #motion: Motion | undefined
  #elapsed = 0

  constructor(position: number) {
    this.#state = standstill(position)
  }

  get state(): MotionState {
    return this.#state
  }

  get moving(): boolean {
    return this.#motion !== undefined
  }

  /** Takes up a motion that begins in the present state. */
  follow(motion: Motion): void {
    this.#motion = motion.duration > 0 ? motion : undefined
    this.#elapsed = 0
  }

  tick(dtMs: number): void {
    if (this.#motion === undefined) return
    this.#elapsed += dtMs / 1000
    this.#state = this.#motion.at(this.#elapsed)
    if (this.#elapsed >= this.#motion.duration) this.#motion = undefined
  }
}
