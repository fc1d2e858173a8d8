import { randomUUID } from 'node:crypto'
import type { ChannelTest } from '@lifeline/contracts'
import { present } from '../present.ts'
import type { Db } from '../store/tables.ts'
import type { KnownChannel } from './channel-config.ts'
import { allChannels, recordTest } from './channel-store.ts'
import { type ChannelMessage, type Means, sendMessage } from './send-message.ts'

/** Sends a contact test and keeps how it went. @returns undefined where the channel has no address to test with */
export async function testChannel(
  db: Db,
  { id, config }: KnownChannel,
  by: string,
  means: Means,
): Promise<ChannelTest | undefined> {
  const { testAddress } = config
  if (testAddress === undefined) return undefined
  const at = Date.now()
  const message: ChannelMessage = {
    id: randomUUID(),
    type: 'test',
    to: testAddress,
    text: {
      zh: `【96333 联络测试】通道 ${config.name}，无需处理。`,
      en: `[96333 contact test] channel ${config.name}, nothing to do.`,
    },
  }
  const outcome = await sendMessage(config, message, means)
  const error = outcome.ok ? undefined : outcome.error
  const test = { at, by, ok: outcome.ok, durationMs: Date.now() - at, ...present({ error }) }
  // A test that our own end cut short says nothing of the channel.
  if (!means.signal.aborted) await recordTest(db, id, test)
  return test
}

/** The next test that the schedule asks for; its time is moved on as it is taken, so that one process does it. */
export async function claimTest(db: Db, now: number, means: Means): Promise<(() => Promise<void>) | undefined> {
  const due = db.selectFrom('channels').select('id').where('test_due_at', '<=', now)
  if ((await due.executeTakeFirst()) === undefined) return undefined
  const id = await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('channels')
      .select(['id', 'config'])
      .where('test_due_at', '<=', now)
      .orderBy('test_due_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined) return undefined
    const { testEverySeconds } = row.config
    const next = testEverySeconds === undefined ? null : now + testEverySeconds * 1000
    await tx.updateTable('channels').set({ test_due_at: next }).where('id', '=', row.id).execute()
    return row.id
  })
  if (id === undefined) return undefined
  return async () => {
    const channel = (await allChannels(db)).find((known) => known.id === id)
    if (channel?.config.enabled === true) await testChannel(db, channel, 'system', means)
  }
}
