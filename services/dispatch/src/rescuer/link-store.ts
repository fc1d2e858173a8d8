import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../store/tables.ts'
import type { RescuerLinkTable } from './rescuer-tables.ts'

/** A shift; who comes later asks the desk. */
export const linkLifeMs = 12 * 3_600_000

export type RescuerLink = Selectable<RescuerLinkTable>

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** A new link for a unit to a case. @returns its token, 256 random bits, which is kept nowhere */
export async function newLink(tx: Db | Tx, caseId: string, unitId: string, now: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx
    .insertInto('rescuer_links')
    .values({
      token_hash: hashOf(token),
      case_id: caseId,
      unit_id: unitId,
      created_at: now,
      expires_at: now + linkLifeMs,
      browser_hash: null,
      opened_at: null,
    })
    .execute()
  return token
}

export type LinkRefusal = 'unknown' | 'expired' | 'other_browser'

/**
 * The link of a token, bound to the browser that opens it first.
 * @param open whether this request may bind it
 */
export async function linkFor(
  db: Db,
  token: string,
  browser: string,
  now: number,
  open: boolean,
): Promise<RescuerLink | LinkRefusal> {
  const tokenHash = hashOf(token)
  const browserHash = hashOf(browser)
  if (open) {
    await db
      .updateTable('rescuer_links')
      .set({ browser_hash: browserHash, opened_at: now })
      .where('token_hash', '=', tokenHash)
      .where('browser_hash', 'is', null)
      .where('expires_at', '>', now)
      .execute()
  }
  const link = await db.selectFrom('rescuer_links').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
  if (link === undefined) return 'unknown'
  if (link.expires_at <= now) return 'expired'
  return link.browser_hash === browserHash ? link : 'other_browser'
}
