import { type CommandOrder, commandFactsSchema, type Equipment, type PendingCommand } from '@lifeline/contracts'
import type { Selectable } from 'kysely'
import { type Actor, recordAct } from '../audit/audit.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import type { CommandTable } from '../database/tables.ts'
import { CommandRefusedError } from './command-refused.ts'

/** Commands of one device that may wait at once: more is a mistake, and all of them would come in one moment. */
const maxWaiting = 20

export type CommandRow = Selectable<CommandTable>

export interface NewCommand {
  readonly id: string
  readonly order: CommandOrder
  /** ms since the Unix epoch. */
  readonly expiresAt: number
  readonly why?: string | undefined
}

/**
 * Keeps a new command to a device, and in the audit who gave it.
 * @throws CommandRefusedError where the device speaks no native format, or too many wait for it
 */
export function enterCommand(
  db: RegistryDb,
  { deviceId, kind, format }: Equipment,
  { id, order, expiresAt, why }: NewCommand,
  by: Actor,
): Promise<CommandRow> {
  return db.transaction().execute(async (transaction) => {
    const device = transaction.selectFrom('equipment').select('device_id').where('device_id', '=', deviceId)
    await device.forUpdate().executeTakeFirst()
    if (format !== undefined) throw new CommandRefusedError('format', `${deviceId} speaks ${format}, without commands`)
    const waiting = await transaction
      .selectFrom('commands')
      .select('id')
      .where('device_id', '=', deviceId)
      .where('expires_at', '>', by.at)
      .where('delivered_at', 'is', null)
      .execute()
    if (waiting.length >= maxWaiting) {
      throw new CommandRefusedError(
        'waiting',
        `${waiting.length} commands wait for ${deviceId}; at most ${maxWaiting} may`,
      )
    }
    const { name, args } = order
    await recordAct(transaction, by, 'command.sent', deviceId, {
      id,
      name,
      args,
      ...(why === undefined ? {} : { why }),
    })
    return transaction
      .insertInto('commands')
      .values({
        id,
        device_id: deviceId,
        kind,
        name,
        args: JSON.stringify(args),
        given_by: by.name,
        why: why ?? null,
        sent_at: by.at,
        expires_at: expiresAt,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/** The newest `limit` commands of a device, newest first. @param before only those with a lower number */
export function readCommands(db: RegistryDb, deviceId: string, limit: number, before?: number): Promise<CommandRow[]> {
  const rows = db.selectFrom('commands').selectAll().where('device_id', '=', deviceId)
  const page = before === undefined ? rows : rows.where('number', '<', before)
  return page.orderBy('number', 'desc').limit(limit).execute()
}

export function findCommand(db: RegistryDb, deviceId: string, id: string): Promise<CommandRow | undefined> {
  return db.selectFrom('commands').selectAll().where('device_id', '=', deviceId).where('id', '=', id).executeTakeFirst()
}

/** Those that may still go down, in the order in which they were given. */
export function waitingCommands(db: RegistryDb, now: number): Promise<CommandRow[]> {
  return db
    .selectFrom('commands')
    .selectAll()
    .where('expires_at', '>', now)
    .where('handed_at', 'is', null)
    .where('delivered_at', 'is', null)
    .orderBy('number')
    .execute()
}

/** Takes over what has become of a command. */
export async function keepFacts(db: RegistryDb, command: PendingCommand): Promise<void> {
  const { handedAt, deliveredAt, answer } = commandFactsSchema.parse(command)
  await db
    .updateTable('commands')
    .set({
      handed_at: handedAt ?? null,
      delivered_at: deliveredAt ?? null,
      answered_at: answer?.at ?? null,
      ok: answer?.ok ?? null,
      reason: answer?.reason ?? null,
    })
    .where('id', '=', command.id)
    .where('device_id', '=', command.deviceId)
    .execute()
}
