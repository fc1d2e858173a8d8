import { z } from 'zod'
import { faultCodeSchemes, faultSlug, faultSlugs } from './fault-codes.ts'
import { epochMsSchema } from './identifiers.ts'

/** A controller's own fault, event or alarm as it is sent: the code a slug, or a number in a named scheme. */
export const controllerEventSchema = z.object({
  /** ms since the Unix epoch, device clock. */
  time: epochMsSchema,
  code: z.union([
    z.string().refine((slug) => faultSlugs.has(slug), 'not a code of domain.md §1.2'),
    z
      .object({ scheme: z.enum(Object.keys(faultCodeSchemes)), code: z.int() })
      .refine(({ scheme, code }) => faultSlug(scheme, code) !== undefined, 'the scheme has no such code'),
  ]),
  /** false: the fault, event or alarm is over. */
  active: z.boolean(),
  text: z.string().max(2000).optional(),
})
export type ControllerEvent = z.infer<typeof controllerEventSchema>

/** An event as it stands in the log: its code always a slug. */
export interface LoggedEvent {
  readonly time: number
  readonly code: string
  readonly active: boolean
  readonly text?: string
}

/** The event with its code resolved to a slug. */
export function loggedEvent({ time, code, active, text }: ControllerEvent): LoggedEvent {
  const slug = typeof code === 'string' ? code : (faultSlug(code.scheme, code.code) ?? 'none')
  return { time, code: slug, active, ...(text === undefined ? {} : { text }) }
}
