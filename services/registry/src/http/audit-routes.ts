import { epochMsSchema, idSchema } from '@lifeline/contracts'
import { z } from 'zod'
import { auditedActs, auditedAreas } from '../audit/audit.ts'
import { readAudit } from '../audit/read-audit.ts'
import { optional } from './optional-parameter.ts'
import type { RegistryParts } from './registry-api.ts'

const time = optional(z.coerce.number().pipe(epochMsSchema))
const searchSchema = z.object({
  deviceId: optional(idSchema),
  /** One act, or all of an area. */
  what: optional(z.enum([...auditedAreas, ...auditedActs])),
  /** ms since the Unix epoch, both included. */
  from: time,
  to: time,
  limit: optional(z.coerce.number().int().min(1).max(500)),
  /** `nextCursor` of the page before. */
  cursor: optional(z.coerce.number().int().min(1)),
})
const defaultLimit = 100
const entrySchema = z.object({
  id: z.int(),
  /** ms since the Unix epoch. */
  at: z.int(),
  by: z.string(),
  what: z.enum(auditedActs),
  /** Id of the device or gateway, or `kind/{kind}`. */
  of: z.string(),
  /** `before` and `after` of what was changed; of a command its id, name and args. */
  details: z.record(z.string(), z.unknown()),
})

/** Who did what when to which device. */
export function auditRoutes({ http, db }: RegistryParts): void {
  http.get(
    '/api/v1/audit',
    {
      schema: {
        summary: 'Who did what when: credentials, equipment, settings, commands; newest first',
        tags: ['audit'],
        querystring: searchSchema,
        response: { 200: z.object({ items: z.array(entrySchema), nextCursor: z.string().optional() }) },
      },
      config: { roles: ['administrator', 'supervisor', 'regulator'] },
    },
    async ({ query: { deviceId, what, from, to, limit = defaultLimit, cursor } }) => {
      const subjects = deviceId === undefined ? undefined : [deviceId]
      const rows = await readAudit(db, { subjects, what, from, to, before: cursor, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const items = page.map(({ id, at, by, what: act, subject, details }) => ({
        id: Number(id),
        at: Number(at),
        by,
        what: act,
        of: subject,
        details,
      }))
      const last = items.at(-1)
      return rows.length > limit && last !== undefined ? { items, nextCursor: String(last.id) } : { items }
    },
  )
}
