import { z } from 'zod'
import { conditionSchema } from './caller-report.ts'
import { webhookSecretSchema, webhookUrlSchema } from './channel.ts'
import { idSchema } from './identifiers.ts'
import { rescueCaseSchema, rescueLevelSchema } from './rescue-case.ts'

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

/** CloudEvents 1.0; the subject is the case's id. */
const envelope = {
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal('dispatch'),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
}

export const linkageEventSchema = z.object({
  ...envelope,
  type: z.literal('linkage.requested'),
  data: linkageDataSchema,
})
export type LinkageEvent = z.infer<typeof linkageEventSchema>

/** A case that a service was asked for is over: nobody needs to come any more. It is not acknowledged. */
export const linkageEndedSchema = z.object({
  ...envelope,
  type: z.literal('linkage.ended'),
  data: z.object({
    linkageId: z.string(),
    target: linkageTargetSchema,
    case: linkageDataSchema.shape.case.pick({ id: true, deviceId: true, rescueCode: true, address: true, rule: true }),
    closedAt: z.number().describe('ms since the Unix epoch'),
    outcome: rescueCaseSchema.shape.outcome.unwrap(),
  }),
})
export type LinkageEnded = z.infer<typeof linkageEndedSchema>

/** Whatever goes to another service. */
export const linkageMessageSchema = z.discriminatedUnion('type', [linkageEventSchema, linkageEndedSchema])
export type LinkageMessage = z.infer<typeof linkageMessageSchema>

/** How the other side acknowledges: at the acknowledgement's address, or in its answer to the webhook. */
export const linkageAnswerSchema = z.object({
  acknowledged: z.literal(true),
  reference: z.string().max(100).optional().describe('the number of the case there'),
})
export type LinkageAnswer = z.infer<typeof linkageAnswerSchema>

/** What an administrator sets of another service; a secret that is left out stays as it was. */
export const linkageSettingsChangeSchema = z.object({
  url: webhookUrlSchema.optional().describe('signed webhook; without it NATS alone'),
  secret: webhookSecretSchema.optional().describe('signs what goes there and what comes from there'),
  timeoutSeconds: z.number().min(0.1).max(30).default(5),
  ackSeconds: z
    .number()
    .min(1)
    .max(3_600)
    .default(60)
    .describe('s. Without an acknowledgement by then it is asked again, and the desk told. Source: practice'),
})
export type LinkageSettingsChange = z.infer<typeof linkageSettingsChangeSchema>
export const linkageSettingsSchema = linkageSettingsChangeSchema
  .omit({ secret: true })
  .extend({ target: linkageTargetSchema })

/** One request to another service, as the desk sees it. Times are ms since the Unix epoch. */
export const linkageSchema = z.object({
  id: z.string(),
  target: linkageTargetSchema,
  reason: z.enum([...linkageDataSchema.shape.reason.options, 'ended']).describe('`ended`: told that the case is over'),
  state: z
    .enum(['waiting', 'published', 'acknowledged', 'unanswered', 'withdrawn'])
    .describe(
      '`published`: given to NATS and to the webhook, if there is one, and no acknowledgement is awaited; `withdrawn`: the case ended first',
    ),
  at: z.number(),
  sentAt: z.number().optional().describe('taken by the webhook'),
  acknowledgedAt: z.number().optional(),
  reference: z.string().optional(),
  reminders: z.int(),
  error: z.string().optional().describe('of the last attempt that failed'),
})
export type Linkage = z.infer<typeof linkageSchema>

/** `POST /api/v1/linkage/takeover`: another service hands over what it was told. */
export const takeoverSchema = z.object({
  reference: z.string().trim().min(1).max(100).describe('the number of the case there; handed over twice, it is one'),
  rescueCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  deviceId: idSchema.optional(),
  place: z.string().trim().min(1).max(200).optional(),
  callerPhone: z.string().max(40).optional(),
  trapped: z.int().min(0).max(100).optional(),
  condition: conditionSchema.optional(),
  text: z.string().max(1_800).optional(),
})
export type Takeover = z.infer<typeof takeoverSchema>
