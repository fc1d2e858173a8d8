import { kindSchema } from '@lifeline/contracts'
import { ruleCatalogue } from '@lifeline/rules'
import { z } from 'zod'
import type { RegistryParts } from './registry-api.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const settingSchema = z.object({
  name: z.string(),
  default: z.number(),
  unit: z.string(),
  source: z.string(),
  confidence: z.string(),
  only: z.enum(['lower', 'higher']).optional(),
  /** The least and the greatest value it may have. */
  range: z.array(z.number()).length(2),
})
const catalogueSchema = z.object({
  items: z.array(
    z.object({
      rule: z.string(),
      kinds: z.array(kindSchema),
      version: z.int(),
      title: bilingual,
      predicate: bilingual,
      /** Codes of the machine's own that are believed at once. */
      reports: z.array(z.string()),
      settings: z.array(settingSchema),
    }),
  ),
})
const catalogue: z.infer<typeof catalogueSchema> = {
  items: ruleCatalogue.map((entry) => ({
    ...entry,
    reports: [...entry.reports],
    kinds: [...entry.kinds],
    settings: entry.settings.map((setting) => ({ ...setting, range: [...setting.range] })),
  })),
}

/** The catalogue of rules with their settings. */
export function ruleRoutes({ http }: RegistryParts): void {
  const schema = { summary: 'The rules and their settings', tags: ['rules'], response: { 200: catalogueSchema } }
  http.get('/api/v1/rules', { schema }, () => catalogue)
}
