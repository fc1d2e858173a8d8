import type { LinkageMessage, LinkageTarget } from '@lifeline/contracts'
import type { CaseRecord } from './case-record.ts'

/** What the fire desk knows of a case. */
export interface FireRecord {
  readonly requests: readonly LinkageMessage[]
  /** Its number of the case. */
  readonly reference: string
}

/** Whether each request to fire, medical and bureau is recorded, came there and was acknowledged, and the end told. */
export function auditLinkage({ exported, linkages }: CaseRecord, fire: FireRecord): readonly string[] {
  const faults: string[] = []
  const asked = exported.notices.flatMap(({ to, about, notSent }): LinkageTarget[] => {
    if ((to !== '119' && to !== '120') || notSent !== undefined || about === 'ended') return []
    if (to === '120') return ['medical']
    return about === 'assigned' ? ['fire', 'bureau'] : ['fire']
  })
  const recorded = linkages.filter(({ reason }) => reason !== 'ended').map(({ target }) => target)
  const ended = linkages.filter(({ reason }) => reason === 'ended').map(({ target }) => target)
  if (ended.toSorted().join() !== [...new Set(asked)].toSorted().join()) {
    faults.push(`${[...new Set(asked)]} to be told of the end, recorded ${ended}`)
  }
  if (asked.toSorted().join() !== recorded.toSorted().join()) faults.push(`${asked} to be asked, recorded ${recorded}`)
  for (const { id, target, state, reason, reference } of linkages) {
    if (reason === 'ended') {
      if (state !== 'published') faults.push(`the end is ${state} to ${target}`)
      if (target === 'fire' && !fire.requests.some((request) => request.id === id)) faults.push('the end never came')
      continue
    }
    // Nobody is set up to acknowledge for the others; a case that is over needs nobody.
    const ends = target === 'fire' ? ['acknowledged', 'withdrawn'] : ['published', 'withdrawn']
    if (!ends.includes(state)) faults.push(`${target} is ${state}`)
    if (state !== 'acknowledged') continue
    if (reference !== fire.reference) faults.push(`${target} acknowledged as ${reference}, not ${fire.reference}`)
    if (!fire.requests.some((request) => request.id === id)) faults.push(`${target} acknowledged what it never had`)
  }
  const known = new Set(linkages.map(({ id }) => id))
  if (fire.requests.some(({ id }) => !known.has(id))) faults.push('fire was asked by a request that is not recorded')
  return faults
}
