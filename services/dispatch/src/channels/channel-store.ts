import type { ChannelChange, ChannelTest, UnitContact } from '@lifeline/contracts'
import type { Selectable } from 'kysely'
import { present } from '../present.ts'
import { invalid } from '../rescue/action-refused.ts'
import { jsonb } from '../store/jsonb.ts'
import type { Db, Tx } from '../store/tables.ts'
import { type ChannelConfig, type KnownChannel, shownUrl } from './channel-config.ts'
import type { ChannelTable } from './channel-tables.ts'

export async function allChannels(db: Db | Tx): Promise<KnownChannel[]> {
  return (await db.selectFrom('channels').selectAll().orderBy('id').execute()).map(channelOf)
}

export async function findChannel(db: Db | Tx, id: string): Promise<KnownChannel | undefined> {
  const row = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst()
  return row && channelOf(row)
}

/**
 * Keeps a channel as it is to be; it counts as healthy until a test says otherwise.
 * @throws ActionRefused for a webhook that has no secret yet
 */
export function putChannel(db: Db, id: string, change: ChannelChange, by: string, at: number): Promise<KnownChannel> {
  return db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('channels').select('config').where('id', '=', id).forUpdate().executeTakeFirst()
    const { testEverySeconds } = change
    const values = {
      config: jsonb(withSecretOf(change, row?.config)),
      healthy: true,
      last_test: null,
      test_due_at: testEverySeconds === undefined ? null : at,
      changed_at: at,
      changed_by: by,
    }
    const kept = await tx
      .insertInto('channels')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .returningAll()
      .executeTakeFirstOrThrow()
    return channelOf(kept)
  })
}

/**
 * A secret stays with its address: whoever moves the channel to another has to know it. So does a URL's query, which is
 * not shown either: the address without one is the address as it was shown.
 */
export function withSecretOf(change: ChannelChange, known: ChannelConfig | undefined): ChannelConfig {
  if (change.kind === 'mqtt') return change
  if (change.kind === 'email') {
    const same = known?.kind === 'email' && known.host === change.host && known.port === change.port
    return { ...change, ...present({ password: change.password ?? (same ? known.password : undefined) }) }
  }
  const before = known?.kind === 'webhook' ? known : undefined
  const same = before !== undefined && new URL(before.url).origin === new URL(change.url).origin
  const secret = change.secret ?? (same ? before.secret : undefined)
  if (secret === undefined) throw invalid('secret', 'a secret is needed for this URL')
  return {
    ...change,
    secret,
    url: before !== undefined && shownUrl(before.url) === change.url ? before.url : change.url,
  }
}

export async function removeChannel(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('channels').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Keeps a test; the channel is healthy or not by it. */
export async function recordTest(db: Db, id: string, test: ChannelTest): Promise<void> {
  const { at, by, ok, durationMs, error = null } = test
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('channel_tests')
      .values({ channel_id: id, at, by, ok, duration_ms: durationMs, error })
      .execute()
    await tx
      .updateTable('channels')
      .set({ healthy: ok, last_test: jsonb(test) })
      .where('id', '=', id)
      .execute()
  })
}

export async function contactsOf(db: Db | Tx, unitId: string): Promise<readonly UnitContact[]> {
  const query = db.selectFrom('unit_contacts').select('contacts').where('unit_id', '=', unitId)
  return (await query.executeTakeFirst())?.contacts ?? []
}

export async function putContacts(db: Db, unitId: string, contacts: readonly UnitContact[], by: string, at: number) {
  const values = { contacts: jsonb(contacts), changed_at: at, changed_by: by }
  await db
    .insertInto('unit_contacts')
    .values({ unit_id: unitId, ...values })
    .onConflict((conflict) => conflict.column('unit_id').doUpdateSet(values))
    .execute()
}

const channelOf = ({ id, config, healthy, last_test }: Selectable<ChannelTable>): KnownChannel => ({
  id,
  config,
  healthy,
  ...present({ lastTest: last_test ?? undefined }),
})
