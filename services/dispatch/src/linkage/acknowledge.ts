import { type LinkageAnswer, type LinkageTarget, linkageAnswerSchema } from '@lifeline/contracts'
import { ProblemError } from '@lifeline/service-kit'
import type { Actor } from '../access.ts'
import type { Desk } from '../desk.ts'
import { findCase } from '../store/case-query.ts'
import type { Db, Tx } from '../store/tables.ts'
import { type LinkageRow, setAcknowledged } from './linkage-store.ts'

/** Under which name another service stands in the timeline. */
export const serviceName = { fire: '119', medical: '120', bureau: '应急局' } as const satisfies Record<
  LinkageTarget,
  string
>

export const actingAs = (target: LinkageTarget): Actor => ({
  name: serviceName[target],
  role: 'dispatcher',
  automatic: true,
})

/** What a webhook's answer says; undefined where it is no acknowledgement. */
export function acknowledgementIn(answer: string): LinkageAnswer | undefined {
  try {
    return linkageAnswerSchema.safeParse(JSON.parse(answer)).data
  } catch {
    // A plain "ok" is an answer too: the message has come, and the acknowledgement is still awaited.
    return undefined
  }
}

/**
 * Another service has taken what it was asked. Where the case waits at level 3 for somebody to take it, that is fire.
 * Done once; again changes nothing.
 */
export async function acknowledge(db: Db, desk: Desk, linkage: LinkageRow, reference: string | undefined, now: number) {
  const { id, target, case_id } = linkage
  const user = actingAs(target)
  const once = (tx: Tx) => setAcknowledged(tx, id, reference, now)
  const name = serviceName[target]
  const number = reference === undefined ? '' : `，编号 ${reference} / reference ${reference}`
  const note = { action: 'note', body: { text: `${name} 已确认 / acknowledged${number}` } } as const
  const progress = (await findCase(db, case_id))?.rescue.progress
  if (target === 'fire' && progress?.state === 'assigned' && progress.level === 3) {
    try {
      await desk.act(case_id, { action: 'accept', body: {} }, user)
    } catch (error) {
      // Somebody else was faster.
      if (!(error instanceof ProblemError) || error.problem.status !== 409) throw error
    }
  }
  await desk.act(case_id, note, user, once)
}
