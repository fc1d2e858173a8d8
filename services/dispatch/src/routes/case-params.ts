import { z } from 'zod'

/** `{id}` in a path: of a case, or of an incident that a case stands for. */
export const caseParams = z.object({ id: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'an id that this service gave') })
