import type { Kind } from '@lifeline/contracts'

export type CurveValue = number | string | boolean

/** Of each field its values, [ms, value], oldest first. */
export type Curve = Readonly<Record<string, readonly (readonly [number, CurveValue])[]>>

/** What of a machine's telemetry tells how the event went. */
export const curveFields: Readonly<Record<Kind, readonly string[]>> = {
  elevator: [
    ...['mode', 'floor', 'position', 'speed', 'door', 'inDoorZone', 'occupied', 'alarmButton'],
    ...['load', 'people', 'power', 'safetyChain'],
  ],
  'tower-crane': ['hookLoad', 'radius', 'hookHeight', 'slewAngle', 'falls', 'windSpeed', 'tiltX', 'tiltY', 'state'],
  hoist: [
    ...['load', 'people', 'speed', 'height', 'floor', 'cageDoor', 'landingGate'],
    ...['windSpeed', 'tiltX', 'tiltY', 'safetyDevice', 'driveState', 'power'],
  ],
}
