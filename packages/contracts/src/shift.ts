import { z } from 'zod'
import { epochMsSchema, idSchema } from './identifiers.ts'

export const shiftPersonSchema = z.object({ name: z.string().trim().min(1).max(80), phone: z.string().max(40) })
export type ShiftPerson = z.infer<typeof shiftPersonSchema>

/** Who of a unit is on duty from when to when, ms. */
export const newShiftSchema = z
  .object({
    unitId: idSchema,
    from: epochMsSchema,
    to: epochMsSchema.describe('not included'),
    people: z.array(shiftPersonSchema).max(50).default([]),
  })
  .refine(({ from, to }) => from < to, { message: 'a shift ends after it begins', path: ['to'] })
export type NewShift = z.infer<typeof newShiftSchema>

export const shiftSchema = z.object({
  id: z.string(),
  unitId: idSchema,
  from: z.number(),
  to: z.number(),
  people: z.array(shiftPersonSchema),
})
export type Shift = z.infer<typeof shiftSchema>
