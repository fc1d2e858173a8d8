import { z } from 'zod'
import { conditionSchema } from './caller-report.ts'
import { rescueLevelSchema } from './rescue-case.ts'

/** Who else is told: fire 119, medical 120, the emergency bureau. */
export const linkageTargets = ['fire', 'medical', 'bureau'] as const
export const linkageTargetSchema = z.enum(linkageTargets)
export type LinkageTarget = z.infer<typeof linkageTargetSchema>

/** Stream LINKAGE. */
export const linkageSubject = (target: LinkageTarget, caseId: string): string => `linkage.${target}.${caseId}`

export const linkageDataSchema = z.object({
  linkageId: z.string(),
  target: linkageTargetSchema,
  reason: z.enum(['level_3', 'summoned']),
  case: z.object({
    id: z.string(),
    deviceId: z.string(),
    rescueCode: z.string().optional(),
    address: z.string(),
    location: z.object({ lat: z.number(), lon: z.number() }).optional(),
    rule: z.string(),
    level: rescueLevelSchema,
    openedAt: z.number().describe('ms since the Unix epoch'),
    trapped: z.int().optional(),
    condition: conditionSchema,
    callerPhone: z.string().optional(),
    floor: z.number().optional(),
  }),
  /** `POST` here with `Authorization: Bearer {token}` says that it is taken. */
  acknowledge: z.object({ url: z.string(), token: z.string(), within: z.number().describe('s') }),
})

/** CloudEvents 1.0. */
export const linkageEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal('dispatch'),
  type: z.literal('linkage.requested'),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: linkageDataSchema,
})
export type LinkageEvent = z.infer<typeof linkageEventSchema>

/** How the other side acknowledges: at the acknowledgement's address, or in its answer to the webhook. */
export const linkageAnswerSchema = z.object({
  acknowledged: z.literal(true),
  reference: z.string().max(100).optional().describe('the number of the case there'),
})
export type LinkageAnswer = z.infer<typeof linkageAnswerSchema>
