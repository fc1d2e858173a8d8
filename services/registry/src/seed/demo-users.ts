import type { Role } from '@lifeline/contracts'

export interface DemoUser {
  readonly name: string
  readonly role: Role
  readonly unitId?: string
}

/**
 * One for each role, and the simulated machines' own: they send operators' cards, which no lesser role is shown.
 */
export const demoUsers: readonly DemoUser[] = [
  { name: 'dispatcher', role: 'dispatcher' },
  { name: 'supervisor', role: 'supervisor' },
  { name: 'maintenance', role: 'maintenance', unitId: 'unit-anju' },
  { name: 'rescuer', role: 'rescuer', unitId: 'station-bicheng' },
  { name: 'regulator', role: 'regulator' },
  { name: 'administrator', role: 'administrator' },
  { name: 'simulators', role: 'dispatcher' },
]
