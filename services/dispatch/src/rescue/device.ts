import type { Equipment, Incident } from '@lifeline/contracts'
import { present } from '../present.ts'
import type { DeskCase } from './desk-case.ts'

/** What a case keeps of its device as it was when the case began. */
export type Device = Pick<
  DeskCase,
  | 'deviceId'
  | 'kind'
  | 'siteId'
  | 'address'
  | 'rescueCode'
  | 'registrationCode'
  | 'installedOn'
  | 'rural'
  | 'unitIds'
  | 'maintenanceUnit'
>

export function deviceOf(equipment: Equipment): Device {
  const { deviceId, kind, siteId, address, rescueCode, registrationCode, rural, maintenanceUnit } = equipment
  const installedOn = equipment.kind === 'elevator' ? equipment.parameters.installedOn : undefined
  return {
    deviceId,
    kind,
    siteId,
    address,
    registrationCode,
    ...present({ rescueCode, installedOn }),
    rural,
    maintenanceUnit,
    unitIds: [maintenanceUnit],
  }
}

/** A device that the registry does not tell of: its incident is a case all the same. */
export function unknownDevice({ deviceId, kind, siteId }: Incident): Device {
  return { deviceId, kind, siteId, address: '', rural: false, unitIds: [] }
}
