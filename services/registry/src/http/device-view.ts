import { type Equipment, equipmentSchema, type Presence, type Role, type SessionUser } from '@lifeline/contracts'
import { z } from 'zod'

const presence = {
  /** Heard within three of its report intervals. */
  online: z.boolean(),
  /** ms since the Unix epoch; null where it was never heard or nobody knows. */
  lastSeenAt: z.int().nullable(),
}
const [elevator, towerCrane, hoist] = equipmentSchema.options

/** A device as the API gives it: interface.md §5. */
export const deviceSchema = z.discriminatedUnion('kind', [
  elevator.extend(presence),
  towerCrane.extend(presence),
  hoist.extend(presence),
])
export type Device = z.infer<typeof deviceSchema>

/** Who looks, with the name of the unit that he is of: a device's use unit is a name. */
export interface Viewer extends SessionUser {
  readonly unitName?: string | undefined
}

/** The desk has to know who may drive a machine, and whoever speaks for one by the desk's account has to send it. */
const seesCards: readonly Role[] = ['dispatcher', 'supervisor', 'administrator']

/**
 * A device as a user may see it: operators' cards in clear only for the desk and for the units that maintain or use it,
 * for everybody else by what `hide` makes of them.
 */
export const deviceFor = (
  viewer: Viewer,
  equipment: Equipment,
  hide: (token: string) => string,
  heard: Presence = { online: false },
): Device => ({
  ...equipment,
  operators: maySeeCards(viewer, equipment) ? equipment.operators : equipment.operators.map(hide),
  online: heard.online,
  lastSeenAt: heard.lastSeenAt ?? null,
})

function maySeeCards({ role, unitId, unitName }: Viewer, { maintenanceUnit, useUnit }: Equipment): boolean {
  return seesCards.includes(role) || unitId === maintenanceUnit || unitName === useUnit
}
