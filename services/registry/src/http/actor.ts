import type { SessionUser } from '@lifeline/contracts'
import type { Actor } from '../audit/audit.ts'

/** Who is signed in, as one who acts now. */
export const actorOf = ({ name }: SessionUser): Actor => ({ name, at: Date.now() })
