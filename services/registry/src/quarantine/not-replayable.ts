import { assertNever } from '@lifeline/contracts'
import type { QuarantineRow } from './read-quarantine.ts'

/** Why a record's bytes cannot be taken again; undefined where they can. */
export function whyNotReplayable({ source, cut, stored }: QuarantineRow): string | undefined {
  if (stored !== null) return 'it has been taken again already'
  if (source === 'historian') return 'it is in the log already; the history refused it'
  switch (cut) {
    case 'none':
      return undefined
    case 'privacy':
      return 'what may tell who somebody is was starred out before it was kept'
    case 'size':
      return 'it is longer than what is kept of it'
    case 'part':
      return 'only a part was kept, which means nothing without the rest'
    case 'moment':
      return 'it was true at its moment only: a status word, a last will, an answer'
    case null:
      return 'it was kept by a release that did not say whether it is whole'
    default:
      return assertNever(cut)
  }
}
