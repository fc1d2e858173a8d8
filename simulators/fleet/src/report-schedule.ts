import type { ElevatorFrame, Equipment, Frame, HoistFrame, Kind } from '@lifeline/contracts'

/** Fields whose change is told at once; those that change all the time on a ride are not among them. */
const toldOnChange: Readonly<Record<Kind, readonly string[]>> = {
  elevator: ['mode', 'door', 'occupied', 'people', 'alarmButton', 'power', 'safetyChain', 'faults'],
  'tower-crane': [],
  hoist: ['people', 'cageDoor', 'landingGate', 'safetyDevice', 'driveState', 'power', 'faults'],
}
const movingMs = { elevator: 1_000, 'tower-crane': 1_000, hoist: 2_000 } as const
const idleMs = { elevator: 5_000, 'tower-crane': 1_000, hoist: 5_000 } as const

/**
 * Whether a device sends this reading: cranes every second, lifts every second and hoists every two while they move,
 * else every five seconds or half the registered interval, and lifts and hoists whatever changes at once.
 * @param last the frame sent last; undefined before the first
 */
export function isReportDue(
  { kind, reportInterval }: Pick<Equipment, 'kind' | 'reportInterval'>,
  frame: Frame,
  last: Frame | undefined,
): boolean {
  if (last === undefined) return true
  const moving = isMoving(kind, frame)
  const idle = Math.min(idleMs[kind], (reportInterval * 1000) / 2)
  const period = moving ? Math.min(movingMs[kind], idle) : idle
  if (frame.time - last.time >= period) return true
  return moving !== isMoving(kind, last) || toldOnChange[kind].some((field) => differs(frame, last, field))
}

function isMoving(kind: Kind, frame: Frame): boolean {
  return kind !== 'tower-crane' && ((frame as ElevatorFrame | HoistFrame).speed ?? 0) !== 0
}

function differs(frame: Frame, last: Frame, field: string): boolean {
  const [now, before] = [frame, last].map((it) => (it as unknown as Record<string, unknown>)[field])
  return Array.isArray(now) && Array.isArray(before) ? now.join() !== before.join() : now !== before
}
