import type { SessionUser } from '@lifeline/contracts'
import { notFound } from '@lifeline/service-kit'
import { sees, sightOf } from '../access.ts'
import { notYours } from '../desk.ts'
import { findCase, type SeenCase } from '../store/case-query.ts'
import type { Db } from '../store/tables.ts'

/** The case that a user asks for, by its id or that of an incident. @throws ProblemError 404, 403 for another unit's case */
export async function seenCase(db: Db, id: string, user: SessionUser): Promise<SeenCase> {
  const found = await findCase(db, id)
  if (found === undefined) throw notFound(`no incident ${id}`)
  if (!sees(sightOf(user), found.rescue)) throw notYours(id)
  return found
}
