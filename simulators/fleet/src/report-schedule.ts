import type { ElevatorFrame, Equipment, Frame, HoistFrame, Kind } from '@lifeline/contracts'

/** Fields whose change is told at once; those that change all the time on a ride are not among them. */
const toldOnChange: Readonly<Record<Kind, readonly string[]>> = {
  elevator: ['mode', 'door', 'occupied', 'people', 'alarmButton', 'power', 'safetyChain', 'faults'],
  'tower-crane': [],
  hoist: [
    'people',
    'cageDoor',
    'landingGate',
    'topLimit',
    'bottomLimit',
    'safetyDevice',
    'driveState',
    'power',
    'faults',
  ],
}
const movingMs = { elevator: 1_000, 'tower-crane': 1_000, hoist: 2_000 } as const
const idleMs = { elevator: 5_000, 'tower-crane': 1_000, hoist: 5_000 } as const

type Reporter = Pick<Equipment, 'kind' | 'reportInterval'>

/**
 * Whether a device sends this reading: cranes every second, lifts every second and hoists every two while they move,
 * else every five seconds or half the registered interval, and lifts and hoists whatever changes at once.
 * @param last the frame sent last; undefined before the first
 */
export function isReportDue(device: Reporter, frame: Frame, last: Frame | undefined): boolean {
  if (last === undefined) return true
  if (frame.time - last.time >= reportPeriodMs(device, frame)) return true
  const { kind } = device
  return (
    isMoving(kind, frame) !== isMoving(kind, last) || toldOnChange[kind].some((field) => differs(frame, last, field))
  )
}

/** How long after a frame the next one is due where nothing changes, ms. */
export function reportPeriodMs({ kind, reportInterval }: Reporter, frame: Frame): number {
  const idle = Math.min(idleMs[kind], (reportInterval * 1000) / 2)
  return isMoving(kind, frame) ? Math.min(movingMs[kind], idle) : idle
}

function isMoving(kind: Kind, frame: Frame): boolean {
  return kind !== 'tower-crane' && ((frame as ElevatorFrame | HoistFrame).speed ?? 0) !== 0
}

function differs(frame: Frame, last: Frame, field: string): boolean {
  const now = (frame as unknown as Record<string, unknown>)[field]
  const before = (last as unknown as Record<string, unknown>)[field]
  if (now === before) return false
  return Array.isArray(now) && Array.isArray(before) ? now.join() !== before.join() : true
}
