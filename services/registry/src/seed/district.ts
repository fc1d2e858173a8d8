import type { Equipment, Unit } from '@lifeline/contracts'
import type { SiteTable } from '../database/tables.ts'

/** What a registry starts with. */
export interface District {
  readonly sites: readonly SiteTable[]
  readonly units: readonly Unit[]
  readonly gateways: readonly { readonly id: string; readonly siteId: string }[]
  readonly equipment: readonly Equipment[]
}
