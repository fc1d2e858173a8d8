import type { ElevatorFrame, Equipment, LogRecord } from '@lifeline/contracts'

export const siteId = 'site-1'
/** When the test's log begins: a minute ago. */
export const start = Date.now() - 60_000
export const stuck = { speed: 0, door: 'closed', inDoorZone: false, occupied: true } as const

/** A lift's registration. */
export function lift(deviceId: string): LogRecord {
  const equipment: Equipment = {
    deviceId,
    siteId,
    kind: 'elevator',
    registrationCode: '1',
    address: 'a',
    location: { lat: 29.6, lon: 106.2 },
    rural: false,
    useUnit: 'u',
    maintenanceUnit: 'm',
    approvedForUse: true,
    reportInterval: 10,
    operators: [],
    settings: {},
    parameters: { ratedLoad: 1_000, ratedSpeed: 1.75, travel: 27, floors: 10, installedOn: '2018-05-01' },
  }
  return { type: 'equipment', receivedAt: start, equipment }
}

/** A frame so many seconds after the start. */
export function frame(deviceId: string, second: number, fields: Partial<ElevatorFrame>): LogRecord {
  const receivedAt = start + second * 1000
  return { type: 'frame', kind: 'elevator', deviceId, siteId, receivedAt, frame: { time: receivedAt, ...fields } }
}

/** A lift's registration and an entrapment of 31 s. */
export const entrapment = (deviceId: string): LogRecord[] => [
  lift(deviceId),
  ...Array.from({ length: 32 }, (_, second) => frame(deviceId, second, stuck)),
]
