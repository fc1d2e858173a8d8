import { z } from 'zod'

/** A parameter that may be left out; an empty one is as good as none. */
export const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
