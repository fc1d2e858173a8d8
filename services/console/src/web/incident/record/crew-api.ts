import type { CrewReport } from '@lifeline/contracts'
import type { ApiClient } from '../../api/api-client.ts'

/** What crews reported of a case. */
export const readCrew = (api: ApiClient, caseId: string): Promise<CrewReport> =>
  api.ask('GET', `/incidents/${encodeURIComponent(caseId)}/crew`)

/** Where a browser finds a crew's photo. */
export const pathOfPhoto = (caseId: string, photoId: string): string =>
  `/api/v1/incidents/${encodeURIComponent(caseId)}/photos/${encodeURIComponent(photoId)}`
