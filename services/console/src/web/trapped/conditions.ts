import type { Condition } from '@lifeline/contracts'

/** What can be said of whoever is shut in. Only the types of the contracts belong in a page: the rest would bring its checks along. */
export const conditions = ['injured', 'heat', 'medical'] as const satisfies readonly (keyof Condition)[]
