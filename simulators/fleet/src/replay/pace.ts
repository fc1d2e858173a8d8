import { setTimeout as delay } from 'node:timers/promises'

/** How a recording's own time lies in the present, and when each frame is sent. */
export interface Pace {
  /** Time of the first frame, ms since the Unix epoch. */
  readonly startTime: number
  /** When a frame is sent, ms since the Unix epoch. @param atMs its time after the first */
  sendAt(atMs: number): number
}

/**
 * At speed 1 each frame is sent at its own time: the device is live.
 *
 * At a higher speed the frames still carry the recording's true durations, and the last one's time is the moment it is
 * sent: the recording ended just now and is handed in like what a device kept through an outage. (Live and faster is
 * not to be had: a device clock that runs ahead of the wall is a wrong clock, and one scaled down would show the rules
 * durations that never were.) Rules judge such frames by their own time. What begins and ends more than 120 s before
 * the end of the recording is told as late and pages nobody; an entrapment is spliced into the last ride, and so is
 * not. Speeds between 1 and 2 could be a clock that goes wrong, so they are refused.
 * @param now ms since the Unix epoch
 */
export function paceOf(speed: number, durationMs: number, now: number): Pace {
  return {
    startTime: Math.round(now - durationMs * (1 - 1 / speed)),
    sendAt: (atMs) => now + atMs / speed,
  }
}

/** Calls `send` for each frame when it is due. Stops early where `signal` aborts. */
export async function sendPaced<T extends { readonly frame: { readonly time: number } }>(
  frames: readonly T[],
  pace: Pace,
  send: (frame: T) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const frame of frames) {
    const wait = pace.sendAt(frame.frame.time - pace.startTime) - Date.now()
    if (wait > 0) await delay(wait, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    send(frame)
  }
}
