import { type Equipment, equipmentSchema, type Presence, type SessionUser } from '@lifeline/contracts'
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

export const deviceOf = (equipment: Equipment, heard: Presence = { online: false }): Device => ({
  ...equipment,
  online: heard.online,
  lastSeenAt: heard.lastSeenAt ?? null,
})

/** A maintenance unit sees what it maintains, everybody else sees all. */
export function maySee(user: SessionUser, equipment: Equipment): boolean {
  return user.role !== 'maintenance' || equipment.maintenanceUnit === user.unitId
}
