import { z } from 'zod'
import { idSchema } from './identifiers.ts'
import { ruleNameSchema } from './incident.ts'

/** What makes a case more pressing than its rule says. */
export const conditionSchema = z.object({
  injured: z.boolean().default(false),
  heat: z.boolean().default(false).describe('heat, smoke, no air'),
  medical: z.boolean().default(false).describe('somebody is unwell, pregnant, a small child, in panic'),
})
export type Condition = z.infer<typeof conditionSchema>
export const conditions = ['injured', 'heat', 'medical'] as const satisfies readonly (keyof Condition)[]

/** `POST /api/v1/incidents`: a caller's report. One of the four ways to name the machine is needed. */
export const reportSchema = z
  .object({
    rescueCode: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    deviceId: idSchema.optional(),
    registrationCode: z.string().trim().min(1).max(40).optional(),
    place: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('Words of its address or unit; refused with the candidates where they fit more than one machine'),
    rule: ruleNameSchema.default('entrapment'),
    callerPhone: z.string().max(40).optional(),
    trapped: z.int().min(0).max(100).optional(),
    condition: conditionSchema.optional(),
    text: z.string().max(2000).optional(),
    drill: z.boolean().optional().describe('An exercise: nobody outside is told, and no statistics count it'),
  })
  .refine(
    ({ rescueCode, deviceId, registrationCode, place }) =>
      (rescueCode ?? deviceId ?? registrationCode ?? place) !== undefined,
    { message: 'rescueCode or deviceId is needed, or registrationCode, or place', path: ['rescueCode'] },
  )
export type Report = z.infer<typeof reportSchema>
