/** What every simulated machine is made from. */
export interface SimulatorOptions<Parameters> {
  /** The registered parameters of the machine's kind. */
  readonly parameters: Parameters
  /** Equal seeds give equal frames. */
  readonly seed: string | number
  /** ms since the Unix epoch; the machine stands still then. */
  readonly startTime: number
  /** false: out of service, parked, shut and empty, but it reports. Default true. */
  readonly inService?: boolean
  /** Card token of whoever drives it (cranes and hoists). */
  readonly operator?: string
  /** How worn it is: 0 as new (default) to 1, when it is about to be repaired. */
  readonly wear?: number
}

/** A dangerous condition that really exists in the machine now, whatever its frames say. */
export interface Fault<Name extends string> {
  readonly name: Name
  /** ms since the Unix epoch. */
  readonly since: number
}

/**
 * A machine that goes through time only when stepped, with no clock, chance or I/O of its own. What is injected lasts
 * as long as it physically would, unless `release` ends it before.
 */
export interface Simulator<Frame, Truth, FaultName extends string> {
  /** Lets `dtMs` go by, in whole ticks of 50 ms; what is left over counts for the next step. */
  step(dtMs: number): void
  /** What the machine reports now. A pure reading: `seq` counts the ticks since the start. */
  frame(): Frame
  /** What is really going on. */
  readonly truth: Truth
  /** Before this time, ms since the Unix epoch, nothing changes but what moves steadily and the wind. */
  readonly quietUntil: number
  /** Orders that something goes wrong, as soon as it physically can. */
  inject(fault: FaultName): void
  /** Ends what was injected, and whatever of it has not come yet. */
  release(): void
}

/** Length of one tick, ms. */
export const tickMs = 50
