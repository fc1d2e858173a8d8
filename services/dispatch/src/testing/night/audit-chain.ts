import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CaseRecord } from './case-record.ts'

/** A timeline's chain, worked out from the export alone as docs/case-export.md tells a stranger to. */
export function auditChain({ cases, exported, holds, seen }: CaseRecord): readonly string[] {
  const { case: facts, timeline, chain } = exported
  const faults: string[] = []
  let head = '0'.repeat(64)
  for (const [n, { sealed, hash, ...entry }] of timeline.entries()) {
    const place = `entry ${n + 1}`
    if (entry.seq !== n + 1) faults.push(`${place} has the number ${entry.seq}`)
    if (!isDeepStrictEqual(JSON.parse(sealed), { caseId: facts.id, ...entry })) {
      faults.push(`${place} is not what is sealed`)
    }
    head = createHash('sha256').update(`${head}\n${sealed}`).digest('hex')
    if (head !== hash) faults.push(`${place} does not fit its hash`)
  }
  if (chain.head !== head || chain.entries !== timeline.length) faults.push('the chain ends elsewhere')
  if (!holds || !chain.holds) faults.push(`the desk says that it does not hold: ${chain.reason}`)
  const bare = timeline.map(({ at, by, what, details }) => ({ at, by, what, details }))
  if (!isDeepStrictEqual(bare, cases[0]?.timeline)) faults.push('the case shows another timeline than it exports')
  const shown = seen?.view.timeline ?? []
  if (!isDeepStrictEqual(bare.slice(0, shown.length), shown)) faults.push('the timeline is not what was seen of it')
  return faults
}
