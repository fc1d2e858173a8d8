/**
 * How a device's own clock stands to the log's. Rules are judged on the device's clock, so a wrong one moves nothing;
 * this says what its "now" is when the log only ticks, what a device time is in true time, and whether frames are a
 * backlog from an outage or live.
 *
 * A frame that arrives more than `trustedLagMs` after its time is either a backlog or comes from a slow clock. Only
 * the pace tells: a backlog arrives faster than it was recorded, a slow clock ticks like any other.
 */
export interface DeviceClock {
  /** receivedAt - time of live frames, ms: latency plus error of the clock. */
  offset: number
  /** Device time of the newest frame, ms; -1 before the first. */
  lastTime: number
  lastReceivedAt: number
  /** First of the frames whose pace is being watched. */
  watched: { time: number; receivedAt: number } | null
  /** The frames are a backlog, as far as is known. */
  catchingUp: boolean
}

/** Beyond it a clock counts as wrong (domain.md §8, clock skew flag). */
export const trustedLagMs = 60_000
/** A step of a clock below this changes no wait that matters, ms. */
const leastStepMs = 5_000
/** Frames that come sooner after each other, ms, were sent together, not as they were made. */
const togetherMs = 50
/** The pace of unexpected frames is watched for so long at least, and watched anew after so long. */
const paceWindowMs = 2_000
const paceLimitMs = 30_000

/** What a frame's time means for the rules. */
export type Arrival =
  /** Judge it; `shift` is how far the device's clock was set, to be added to every time kept of the device. */
  | { readonly take: true; readonly shift: number }
  /** Older than what was judged already: stored, but no news. */
  | { readonly take: false }

const inOrder: Arrival = { take: true, shift: 0 }
const stale: Arrival = { take: false }

/** Takes note of a frame's time; changes `clock`. */
export function arrive(clock: DeviceClock, time: number, receivedAt: number): Arrival {
  const lag = receivedAt - time
  if (clock.lastTime < 0) {
    begin(clock, time, receivedAt, lag)
    return inOrder
  }
  const error = lag - clock.offset
  const trusted = Math.abs(lag) <= trustedLagMs || (!clock.catchingUp && Math.abs(error) <= trustedLagMs)
  if (time < clock.lastTime) {
    // Late frames come beside newer ones. After a clock was set back all of them look old, and come as live ones do.
    return keepsPace(clock, time, receivedAt) ? setTo(clock, time, receivedAt, lag) : stale
  }
  if (trusted) {
    const waited = receivedAt - clock.lastReceivedAt
    const jump = time - clock.lastTime - waited
    // No frame comes sooner after its time than it used to: the clock was put forward.
    const forward = jump > leastStepMs && error < -leastStepMs && waited >= togetherMs
    if (!clock.catchingUp && forward) return setTo(clock, time, receivedAt, lag)
    if (!clock.catchingUp && Math.abs(jump) > trustedLagMs && Math.abs(error) > trustedLagMs) {
      // Live before and live now, so the time between did not pass: the clock was put right.
      return setTo(clock, time, receivedAt, lag)
    }
    note(clock, time, receivedAt)
    clock.offset = lag < clock.offset || clock.catchingUp ? lag : clock.offset + (lag - clock.offset) / 8
    clock.watched = null
    clock.catchingUp = false
    return inOrder
  }
  if (lag < 0) return setTo(clock, time, receivedAt, lag)
  if (keepsPace(clock, time, receivedAt)) return settle(clock, time, receivedAt, lag)
  clock.catchingUp = true
  note(clock, time, receivedAt)
  return inOrder
}

function begin(clock: DeviceClock, time: number, receivedAt: number, lag: number): void {
  note(clock, time, receivedAt)
  if (lag <= trustedLagMs) {
    clock.offset = lag
    return
  }
  clock.catchingUp = true
  clock.watched = { time, receivedAt }
}

function note(clock: DeviceClock, time: number, receivedAt: number): void {
  clock.lastTime = time
  clock.lastReceivedAt = receivedAt
}

/** The frames were live all along, only the clock is wrong: nothing to shift, its times are already kept. */
function settle(clock: DeviceClock, time: number, receivedAt: number, lag: number): Arrival {
  note(clock, time, receivedAt)
  clock.offset = lag
  clock.watched = null
  clock.catchingUp = false
  return inOrder
}

/** The clock was set: carries the device's time line over to it. */
function setTo(clock: DeviceClock, time: number, receivedAt: number, lag: number): Arrival {
  const shift = time - clock.lastTime - (receivedAt - clock.lastReceivedAt)
  settle(clock, time, receivedAt, lag)
  return { take: true, shift }
}

/** Whether frames of unexpected times come as fast as their times go. */
function keepsPace(clock: DeviceClock, time: number, receivedAt: number): boolean {
  const { watched } = clock
  if (watched !== null) {
    const passed = time - watched.time
    const waited = receivedAt - watched.receivedAt
    if (waited >= paceWindowMs && passed >= waited / 2 && passed <= waited * 1.5 + 500) return true
    if (passed >= 0 && waited <= paceLimitMs) return false
  }
  clock.watched = { time, receivedAt }
  return false
}

/** The device's clock at a moment of the log. */
export const deviceNow = (clock: DeviceClock, receivedAt: number): number => receivedAt - clock.offset

/** A device time in true time: as it is where the clock is good, else corrected. */
export const trueTime = (clock: DeviceClock, time: number): number =>
  Math.abs(clock.offset) > trustedLagMs ? Math.round(time + clock.offset) : time
