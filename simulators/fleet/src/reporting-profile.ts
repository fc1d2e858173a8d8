import type { Equipment } from '@lifeline/contracts'
import { elevatorReporting } from '@lifeline/simulator-elevator'
import { hoistReporting } from '@lifeline/simulator-hoist'
import type { ReportingProfile } from '@lifeline/simulator-physics'
import { towerCraneReporting } from '@lifeline/simulator-tower-crane'

/** How the sensors and the link of a device err. */
export function reportingProfile(device: Pick<Equipment, 'kind' | 'parameters'>): ReportingProfile {
  const { kind, parameters } = device as Equipment
  switch (kind) {
    case 'elevator':
      return elevatorReporting(parameters)
    case 'hoist':
      return hoistReporting(parameters)
    case 'tower-crane':
      return towerCraneReporting(parameters)
  }
}
