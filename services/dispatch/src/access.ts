import { type Action, assertNever, type Role, type SessionUser } from '@lifeline/contracts'
import type { DeskCase } from './rescue/desk-case.ts'

/** Who works at the desk: sees and does everything with cases. */
export const deskRoles = ['dispatcher', 'supervisor', 'administrator'] as const satisfies readonly Role[]

/** Who acts: a user, or the desk itself and other services in their own name, who are nobody at the desk. */
export interface Actor extends SessionUser {
  readonly automatic?: true
}

export const isAtDesk = ({ role, automatic }: Actor): boolean =>
  automatic !== true && (deskRoles as readonly Role[]).includes(role)

/** The desk by itself. */
export const theDesk: Actor = { name: 'system', role: 'dispatcher', automatic: true }

const unitRoles = ['maintenance', 'rescuer'] as const satisfies readonly Role[]

/** What a unit does itself; the rest is the desk's. */
const unitActions: ReadonlySet<Action> = new Set(['accept', 'depart', 'arrive', 'free', 'note'] as const)

export const rolesFor = (action: Action): readonly Role[] =>
  unitActions.has(action) ? [...deskRoles, ...unitRoles] : deskRoles

/** Reports name every unit: they are for the desk and for those who look at it. */
export const reportRoles = [...deskRoles, 'regulator'] as const satisfies readonly Role[]

export const settingsRoles = ['supervisor', 'administrator'] as const satisfies readonly Role[]

/**
 * What a user may see: every case, or those that concern a unit: of the devices it maintains, or assigned to it at some
 * time. A user of a unit who has none sees nothing.
 */
export type Sight = { readonly all: true } | { readonly all: false; readonly unitId: string | undefined }

export function sightOf({ role, unitId }: SessionUser): Sight {
  switch (role) {
    case 'dispatcher':
    case 'supervisor':
    case 'administrator':
    case 'regulator':
      return { all: true }
    case 'maintenance':
    case 'rescuer':
      return { all: false, unitId }
    default:
      return assertNever(role)
  }
}

export function sees(sight: Sight, { unitIds }: DeskCase): boolean {
  return sight.all || (sight.unitId !== undefined && unitIds.includes(sight.unitId))
}
