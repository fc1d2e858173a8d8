import type { Equipment, Unit } from '@lifeline/contracts'
import { z } from 'zod'
import type { DeskCase } from './rescue/desk-case.ts'
import { rosterOf } from './rescue/rescue-level.ts'

/** Somebody to call about a case. */
export const contactSchema = z.object({
  role: z.enum(['maintenance', 'station', 'fire', 'use', 'caller']),
  name: z.string(),
  phone: z.string(),
  unitId: z.string().optional(),
})
export type Contact = z.infer<typeof contactSchema>

/** Who to call where no fire unit is registered. */
const fire119: Contact = { role: 'fire', name: '119', phone: '119' }

/**
 * The people to call, in this order: the caller, the unit that has the case, those of each level, and the unit that
 * uses the device.
 */
export function contactsFor(
  rescue: DeskCase,
  equipment: Equipment | undefined,
  units: ReadonlyMap<string, Unit>,
): Contact[] {
  const { callerPhone, maintenanceUnit, progress } = rescue
  const place = equipment ?? (maintenanceUnit === undefined ? {} : { maintenanceUnit })
  const { 1: maintenance, 2: station, 3: fire } = rosterOf(place, units)
  const assigned = units.get(progress.assignedTo ?? '')
  const user = [...units.values()].find(({ kind, name }) => kind === 'use' && name === equipment?.useUnit)
  const distinct = new Set([assigned, maintenance, station, fire, user])
  const contacts = [...distinct].flatMap((unit) => (unit === undefined ? [] : [contactOf(unit)]))
  if (fire === undefined) contacts.push(fire119)
  return callerPhone === undefined ? contacts : [{ role: 'caller', name: '', phone: callerPhone }, ...contacts]
}

const contactOf = ({ kind, name, phone, id }: Unit): Contact => ({ role: kind, name, phone, unitId: id })
