import type { Equipment } from '@lifeline/contracts'
import { settingViolations } from '@lifeline/rules'
import type { RegistryDb } from '../database/registry-db.ts'
import type { Violation } from './equipment-refused.ts'

/** What in the registry forbids this profile; empty where it may be stored. */
export async function equipmentViolations(db: RegistryDb, equipment: Equipment): Promise<Violation[]> {
  const { deviceId, kind, siteId, rescueCode, registrationCode, rural, maintenanceUnit, settings } = equipment
  const { format, vendorId = deviceId } = equipment
  const violations: Violation[] = settingViolations(kind, settings).map(({ path, message }) => ({
    path: `settings.${path}`,
    message,
  }))
  const add = (path: string, message: string): void => void violations.push({ path, message })

  const site = await db.selectFrom('sites').selectAll().where('id', '=', siteId).executeTakeFirst()
  if (site === undefined) add('siteId', `there is no site ${siteId}`)
  else if (site.rural !== rural) add('rural', `the site ${siteId} says ${site.rural}`)

  const unit = await db.selectFrom('units').select('kind').where('id', '=', maintenanceUnit).executeTakeFirst()
  if (unit?.kind !== 'maintenance') add('maintenanceUnit', `there is no maintenance unit ${maintenanceUnit}`)

  const gateway = await db.selectFrom('gateways').select('id').where('id', '=', deviceId).executeTakeFirst()
  if (gateway !== undefined) add('deviceId', 'is the id of a gateway')

  const before = await db.selectFrom('equipment').select('kind').where('device_id', '=', deviceId).executeTakeFirst()
  if (before !== undefined && before.kind !== kind) {
    add('kind', `${deviceId} is a ${before.kind}: remove it before another kind takes its id`)
  }

  const others = db.selectFrom('equipment').select('device_id').where('device_id', '!=', deviceId)
  const sameRegistration = await others.where('registration_code', '=', registrationCode).executeTakeFirst()
  if (sameRegistration !== undefined) add('registrationCode', `is that of ${sameRegistration.device_id}`)
  if (format !== undefined) {
    const sameFormat = await others
      .where('format', '=', format)
      .where((it) => it(it.fn.coalesce('vendor_id', 'device_id'), '=', vendorId))
      .executeTakeFirst()
    if (sameFormat !== undefined) add('vendorId', `${vendorId} is ${sameFormat.device_id} in this format`)
  } else if (equipment.vendorId !== undefined) add('vendorId', 'says nothing without a format')
  if (rescueCode === undefined) return violations
  const sameRescue = await others.where('rescue_code', '=', rescueCode).executeTakeFirst()
  if (sameRescue !== undefined) add('rescueCode', `is that of ${sameRescue.device_id}`)
  return violations
}
