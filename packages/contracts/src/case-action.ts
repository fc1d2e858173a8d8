import { z } from 'zod'
import { conditionSchema } from './caller-report.ts'
import { idSchema } from './identifiers.ts'
import { causes, outsideServiceSchema } from './rescue-case.ts'

const text = z.string().trim().min(1).max(2000)
const people = z.int().min(0).max(100)

/** Bodies of `POST /api/v1/incidents/{id}/{action}`. */
export const actionSchemas = {
  accept: z.object({}),
  assign: z.object({ level: z.literal([1, 2, 3]), unitId: idSchema.optional() }),
  depart: z.object({}),
  arrive: z.object({}),
  free: z.object({ freed: people }),
  escalate: z.object({ reason: text }),
  hold: z.object({ minutes: z.number().positive().max(240), reason: text }),
  note: z.object({ text }),
  link: z.object({ parentId: z.string() }),
  'false-alarm': z.object({ reason: text }),
  close: z.object({
    freed: people,
    injured: people,
    cause: z.enum(causes),
    text: z.string().max(2000).optional(),
  }),
  /** The trapped were called back, or could not be reached; what they say of themselves may raise the priority. */
  'call-back': z.object({
    reached: z.boolean(),
    trapped: people.optional(),
    condition: conditionSchema.optional(),
    text: z.string().max(2000).optional(),
  }),
  /** Confirms or declines the proposal to call 119 or 120. */
  decide: z.object({ service: outsideServiceSchema, confirmed: z.boolean(), text: z.string().max(2000).optional() }),
  /** Makes the case one's own, also where another dispatcher has it: the timeline tells from whom. */
  take: z.object({}),
  /** The case is the same event as another: it closes into it. */
  merge: z.object({ intoId: z.string() }),
  /** Some of the engine's incidents are an event of their own: they become a case. */
  split: z.object({ incidentIds: z.array(z.string()).min(1).max(100) }),
} as const
export type Action = keyof typeof actionSchemas
export type ActionBody<A extends Action> = z.infer<(typeof actionSchemas)[A]>
