import type { Kind } from '@lifeline/contracts'
import { type Selectable, sql } from 'kysely'
import type { RegistryDb } from '../database/registry-db.ts'
import type { QuarantineTable } from '../database/tables.ts'

export type QuarantineRow = Selectable<QuarantineTable>

export interface QuarantineSearch {
  readonly deviceId?: string | undefined
  readonly kind?: Kind | 'unknown' | undefined
  /** Occurs in the reason. */
  readonly reason?: string | undefined
  /** ms since the Unix epoch, both included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Only what came before this one. */
  readonly before?: number | undefined
  /** Only of devices that this unit maintains. */
  readonly maintenanceUnit?: string | undefined
}

/** Records that fit; the newest first. */
export function readQuarantine(db: RegistryDb, search: QuarantineSearch, limit: number): Promise<QuarantineRow[]> {
  let rows = visible(db, search.maintenanceUnit).selectAll('quarantine').orderBy('quarantine.id', 'desc').limit(limit)
  if (search.deviceId !== undefined) rows = rows.where('quarantine.device_id', '=', search.deviceId)
  if (search.kind !== undefined) rows = rows.where('quarantine.kind', '=', search.kind)
  if (search.reason !== undefined) rows = rows.where(sql`position(lower(${search.reason}) in lower(reason))`, '>', 0)
  if (search.from !== undefined) rows = rows.where('quarantine.received_at', '>=', search.from)
  if (search.to !== undefined) rows = rows.where('quarantine.received_at', '<=', search.to)
  if (search.before !== undefined) rows = rows.where('quarantine.id', '<', search.before)
  return rows.execute()
}

/** What of a device is offered to be taken again; the oldest first. */
export const offeredOf = (
  db: RegistryDb,
  { deviceId, from, to }: { readonly deviceId: string; readonly from: number; readonly to: number },
  limit: number,
): Promise<QuarantineRow[]> =>
  db
    .selectFrom('quarantine')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('received_at', '>=', from)
    .where('received_at', '<=', to)
    .where('source', '=', 'gateway')
    .where('cut', '=', 'none')
    .where('stored', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()

export const findQuarantined = (
  db: RegistryDb,
  id: number,
  maintenanceUnit?: string,
): Promise<QuarantineRow | undefined> =>
  visible(db, maintenanceUnit).selectAll('quarantine').where('quarantine.id', '=', id).executeTakeFirst()

export interface QuarantineCount {
  readonly deviceId: string
  readonly count: number
  /** Of those, what has been taken again. */
  readonly replayed: number
  readonly lastReason: string
  readonly lastAt: number
}

/** How many records there are of each device or account; whose last came last is first. */
export async function countQuarantined(
  db: RegistryDb,
  limit: number,
  maintenanceUnit?: string,
): Promise<QuarantineCount[]> {
  const counts = visible(db, maintenanceUnit)
    .select((row) => [
      'quarantine.device_id',
      row.fn.countAll<number>().as('count'),
      row.fn.count<number>('quarantine.stored').as('replayed'),
      row.fn.max('quarantine.id').as('last_id'),
    ])
    .groupBy('quarantine.device_id')
  const rows = await db
    .selectFrom(counts.as('counts'))
    .innerJoin('quarantine', 'quarantine.id', 'counts.last_id')
    .select(['counts.device_id', 'counts.count', 'counts.replayed', 'quarantine.reason', 'quarantine.received_at'])
    .orderBy('counts.last_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ device_id, count, replayed, reason, received_at }) => ({
    deviceId: device_id,
    count: Number(count),
    replayed: Number(replayed),
    lastReason: reason,
    lastAt: received_at,
  }))
}

/** What of it somebody may see. What could be laid to no device is for those who see all. */
function visible(db: RegistryDb, maintenanceUnit: string | undefined) {
  const rows = db.selectFrom('quarantine')
  if (maintenanceUnit === undefined) return rows
  const own = db.selectFrom('equipment').select('device_id').where('maintenance_unit', '=', maintenanceUnit)
  return rows.where('quarantine.device_id', 'in', own)
}
