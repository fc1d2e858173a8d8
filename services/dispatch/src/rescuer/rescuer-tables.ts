import type { CrewReport } from '@lifeline/contracts'
import type { Generated } from 'kysely'

/** Times are ms since the Unix epoch. A token or a browser is kept as its SHA-256, hex. */
export interface RescuerLinkTable {
  token_hash: string
  case_id: string
  unit_id: string
  created_at: number
  expires_at: number
  /** The browser that opened it first: the link is good in that one alone. */
  browser_hash: string | null
  opened_at: number | null
}

/** What was done through a link, so that a request that is repeated does nothing twice. */
export interface RescuerRequestTable {
  token_hash: string
  key: string
  at: number
}

/** Where a crew said it was. */
export interface CrewPositionTable {
  id: Generated<number>
  case_id: string
  unit_id: string
  at: number
  lat: number
  lon: number
  accuracy: number | null
}

/** What a crew found to be the cause; the last word of each unit counts. */
export interface CrewCauseTable {
  case_id: string
  unit_id: string
  at: number
  cause: CrewReport['causes'][number]['cause']
  text: string | null
}

export interface CasePhotoTable {
  id: string
  case_id: string
  unit_id: string
  at: number
  jpeg: Uint8Array
}

export interface RescuerTables {
  rescuer_links: RescuerLinkTable
  rescuer_requests: RescuerRequestTable
  crew_positions: CrewPositionTable
  crew_causes: CrewCauseTable
  case_photos: CasePhotoTable
}
