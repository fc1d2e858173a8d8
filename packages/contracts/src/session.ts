import { z } from 'zod'

export const roles = ['dispatcher', 'supervisor', 'maintenance', 'rescuer', 'regulator', 'administrator'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** Who is signed in, as the session token carries it. */
export const sessionUserSchema = z.object({ name: z.string(), role: roleSchema, unitId: z.string().optional() })
export type SessionUser = z.infer<typeof sessionUserSchema>
