import { z } from 'zod'

export const roles = ['dispatcher', 'supervisor', 'maintenance', 'rescuer', 'regulator', 'administrator'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/**
 * What ends sessions before their time, as it stands in the KV bucket `sessions`: all of a user that are older, or the
 * one that was signed out. `at` is ms since the Unix epoch.
 */
export type SessionEnd =
  | { readonly user: string; readonly at: number }
  | { readonly session: string; readonly at: number }
/** Longer than a session lasts, ms. */
export const sessionEndKeptMs = 24 * 3_600_000

/** Who is signed in, as the session token carries it. */
export const sessionUserSchema = z.object({ name: z.string(), role: roleSchema, unitId: z.string().optional() })
export type SessionUser = z.infer<typeof sessionUserSchema>

/** Of machines a maintenance unit sees what it maintains, everybody else sees all. */
export function maySee(user: SessionUser, { maintenanceUnit }: { readonly maintenanceUnit: string }): boolean {
  return user.role !== 'maintenance' || maintenanceUnit === user.unitId
}
