import { type DispatchSettings, dispatchSettingsSchema } from '@lifeline/contracts'
import { sql } from 'kysely'
import type { Db, Tx } from './tables.ts'

/** The clocks that start from now on run by these. */
export async function currentSettings(db: Db | Tx): Promise<DispatchSettings> {
  const row = await db.selectFrom('settings').select('settings').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return dispatchSettingsSchema.parse(row?.settings ?? {})
}

/** Changes the settings that are given; who did it and when is kept with every version. */
export function changeSettings(
  db: Db,
  changes: Partial<DispatchSettings>,
  by: string,
  at: number,
): Promise<DispatchSettings> {
  return db.transaction().execute(async (tx) => {
    // Two changes at once would each keep the other's old value.
    await sql`lock table settings in exclusive mode`.execute(tx)
    const settings = { ...(await currentSettings(tx)), ...changes }
    await tx
      .insertInto('settings')
      .values({ at, by, settings: JSON.stringify(settings) })
      .execute()
    return settings
  })
}
