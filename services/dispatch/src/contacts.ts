import { type Equipment, type Shift, shiftPersonSchema, type Unit } from '@lifeline/contracts'
import { z } from 'zod'
import { present } from './present.ts'
import { askedUnits, type DeskCase } from './rescue/desk-case.ts'
import { type Readiness, rosterOf } from './rescue/rescue-level.ts'

/** Somebody to call about a case. */
export const contactSchema = z.object({
  role: z.enum(['maintenance', 'station', 'fire', 'use', 'caller']),
  name: z.string(),
  phone: z.string(),
  unitId: z.string().optional(),
  etaSeconds: z.number().optional().describe('s on the road, by the travel model of the settings'),
  onDuty: z.boolean().optional().describe('false: its roster leaves a gap now'),
  people: z.array(shiftPersonSchema).optional().describe('who of the unit is on duty now'),
})
export type Contact = z.infer<typeof contactSchema>

/** Who to call where no fire unit is registered. */
const fire119: Contact = { role: 'fire', name: '119', phone: '119' }

/**
 * The people to call, in this order: the caller, the unit that has the case or all that are asked, those of each level, and the unit that
 * uses the device.
 * @param shifts those that run now
 */
export function contactsFor(
  rescue: DeskCase,
  equipment: Equipment | undefined,
  units: ReadonlyMap<string, Unit>,
  readiness: Readiness,
  shifts: readonly Shift[],
): Contact[] {
  const { callerPhone, maintenanceUnit, rural } = rescue
  const place = equipment ?? { rural, ...present({ maintenanceUnit }) }
  const roster = rosterOf(place, units, readiness)
  const asked = askedUnits(rescue).map((id) => units.get(id))
  const user = [...units.values()].find(({ kind, name }) => kind === 'use' && name === equipment?.useUnit)
  const distinct = new Set([...asked, ...roster.offDuty[1], roster[1], roster[2], roster[3], user])
  const contacts = [...distinct].flatMap((unit) => (unit === undefined ? [] : [contactOf(unit)]))
  if (roster[3] === undefined) contacts.push(fire119)
  return callerPhone === undefined ? contacts : [{ role: 'caller', name: '', phone: callerPhone }, ...contacts]

  function contactOf(unit: Unit): Contact {
    const { kind, name, phone, id } = unit
    const people = shifts.filter(({ unitId }) => unitId === id).flatMap((shift) => shift.people)
    return {
      role: kind,
      name,
      phone,
      unitId: id,
      ...present({
        etaSeconds: kind === 'use' ? undefined : roster.etaSeconds(unit),
        onDuty: readiness.offDuty.has(id) && kind !== 'fire' ? false : undefined,
        people: people.length > 0 ? people : undefined,
      }),
    }
  }
}
