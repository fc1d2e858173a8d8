import { type Equipment, equipmentSchema } from '@lifeline/contracts'
import type { Insertable, Selectable } from 'kysely'
import type { EquipmentTable } from '../database/tables.ts'

/** A row of `equipment` with what its site says. */
export type EquipmentRow = Selectable<EquipmentTable> & { readonly rural: boolean }

/** @throws ZodError where the row is not what the contracts allow, which only a hand on the tables can cause */
export function equipmentOf(row: EquipmentRow): Equipment {
  return equipmentSchema.parse({
    deviceId: row.device_id,
    kind: row.kind,
    siteId: row.site_id,
    ...(row.rescue_code === null ? {} : { rescueCode: row.rescue_code }),
    registrationCode: row.registration_code,
    address: row.address,
    location: { lat: row.lat, lon: row.lon },
    rural: row.rural,
    useUnit: row.use_unit,
    maintenanceUnit: row.maintenance_unit,
    approvedForUse: row.approved_for_use,
    ...(row.inspection_due_on === null ? {} : { inspectionDueOn: row.inspection_due_on }),
    ...(row.format === null ? {} : { format: row.format }),
    ...(row.vendor_id === null ? {} : { vendorId: row.vendor_id }),
    reportInterval: row.report_interval,
    operators: row.operators,
    parameters: row.parameters,
    settings: row.settings,
  })
}

export function rowOf(equipment: Equipment): Insertable<EquipmentTable> {
  return {
    device_id: equipment.deviceId,
    kind: equipment.kind,
    site_id: equipment.siteId,
    rescue_code: equipment.rescueCode ?? null,
    registration_code: equipment.registrationCode,
    address: equipment.address,
    lat: equipment.location.lat,
    lon: equipment.location.lon,
    use_unit: equipment.useUnit,
    maintenance_unit: equipment.maintenanceUnit,
    approved_for_use: equipment.approvedForUse,
    inspection_due_on: equipment.inspectionDueOn ?? null,
    format: equipment.format ?? null,
    vendor_id: equipment.vendorId ?? null,
    report_interval: equipment.reportInterval,
    operators: JSON.stringify(equipment.operators),
    parameters: JSON.stringify(equipment.parameters),
    settings: JSON.stringify(equipment.settings),
  }
}
