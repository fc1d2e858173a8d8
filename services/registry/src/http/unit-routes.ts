import { unitSchema } from '@lifeline/contracts'
import { z } from 'zod'
import { allUnits } from '../equipment/units.ts'
import type { RegistryParts } from './registry-api.ts'

/** Maintenance units, rescue stations, fire 119 and the units that use equipment. */
export function unitRoutes({ http, db }: RegistryParts): void {
  const response = { 200: z.object({ items: z.array(unitSchema) }) }
  http.get('/api/v1/units', { schema: { summary: 'All units', tags: ['units'], response } }, async () => ({
    items: await allUnits(db),
  }))
}
