import type { ChainedEntry, ChainHead } from '../rescue/timeline-chain.ts'
import type { Db } from './tables.ts'

/** A case's timeline with its hashes, and what the case itself says of the chain's end. */
export async function chainOf(
  db: Db,
  caseId: string,
): Promise<{ readonly timeline: readonly ChainedEntry[]; readonly end: ChainHead }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const end = await tx
        .selectFrom('cases')
        .select(['entries', 'head'])
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow()
      const timeline = await tx
        .selectFrom('timeline')
        .select(['seq', 'at', 'by', 'what', 'details', 'hash'])
        .where('case_id', '=', caseId)
        .orderBy('seq')
        .execute()
      return { timeline, end }
    })
}
