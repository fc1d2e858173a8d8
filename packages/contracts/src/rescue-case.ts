import { z } from 'zod'
import { idSchema, kindSchema } from './identifiers.ts'
import { ruleNameSchema, severitySchema } from './incident.ts'

export const caseStates = ['received', 'assigned', 'accepted', 'departed', 'arrived', 'freed', 'closed'] as const
export const caseStateSchema = z.enum(caseStates)
export type CaseState = z.infer<typeof caseStateSchema>

/** 1 contract maintenance, 2 rescue station, 3 fire 119; 0 nobody assigned yet. */
export const rescueLevelSchema = z.literal([0, 1, 2, 3])
export type RescueLevel = z.infer<typeof rescueLevelSchema>

export const causes = ['external', 'human', 'door', 'electromechanical', 'power', 'other'] as const

export const timelineEntrySchema = z.object({
  /** ms since the Unix epoch, desk clock. */
  at: z.number(),
  /** User name, `system`, or `engine`. */
  by: z.string(),
  what: z.string(),
  details: z.record(z.string(), z.unknown()),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** An incident as the 96333 desk holds it (a case): what the API's lists, pages and events carry. */
export const rescueCaseSchema = z.object({
  id: z.string(),
  /** The engine's incidents that it stands for; empty for a caller's report alone. */
  incidentIds: z.array(z.string()),
  deviceId: idSchema,
  kind: kindSchema,
  siteId: idSchema,
  address: z.string(),
  rescueCode: z.string().optional(),
  rule: ruleNameSchema,
  severity: severitySchema,
  lifeSafety: z.boolean(),
  confidence: z.enum(['suspected', 'confirmed']),
  state: caseStateSchema,
  level: rescueLevelSchema,
  openedAt: z.number(),
  /** When telemetry saw the condition end; the case may still be open. */
  clearedAt: z.number().optional(),
  closedAt: z.number().optional(),
  /** The clocks that run now, ms since the Unix epoch. */
  deadlines: z.object({ acceptBy: z.number().optional(), arriveBy: z.number().optional() }),
  holdUntil: z.number().optional(),
  /** Id of the unit. */
  assignedTo: z.string().optional(),
  callerPhone: z.string().optional(),
  trapped: z.int().optional(),
  parentId: z.string().optional(),
  measured: z.record(z.string(), z.unknown()),
  limit: z.object({ value: z.unknown(), unit: z.string(), source: z.string() }).optional(),
  evidence: z.object({ fromTime: z.number(), toTime: z.number() }),
  outcome: z
    .object({
      kind: z.enum(['rescued', 'resolved', 'false_alarm', 'cleared', 'late']),
      freed: z.int().optional(),
      injured: z.int().optional(),
      cause: z.enum(causes).optional(),
      reason: z.string().optional(),
      text: z.string().optional(),
    })
    .optional(),
  timeline: z.array(timelineEntrySchema),
})
export type RescueCase = z.infer<typeof rescueCaseSchema>

/** `POST /api/v1/incidents`: a caller's report. */
export const reportSchema = z
  .object({
    rescueCode: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    deviceId: idSchema.optional(),
    rule: ruleNameSchema.default('entrapment'),
    callerPhone: z.string().max(40).optional(),
    trapped: z.int().min(0).max(100).optional(),
    text: z.string().max(2000).optional(),
  })
  .refine((report) => report.rescueCode !== undefined || report.deviceId !== undefined, {
    message: 'rescueCode or deviceId is needed',
    path: ['rescueCode'],
  })
export type Report = z.infer<typeof reportSchema>

const text = z.string().trim().min(1).max(2000)

/** Bodies of `POST /api/v1/incidents/{id}/{action}`. */
export const actionSchemas = {
  accept: z.object({}),
  assign: z.object({ level: z.literal([1, 2, 3]), unitId: idSchema.optional() }),
  depart: z.object({}),
  arrive: z.object({}),
  free: z.object({ freed: z.int().min(0).max(100) }),
  escalate: z.object({ reason: text }),
  hold: z.object({ minutes: z.number().positive().max(240), reason: text }),
  note: z.object({ text }),
  link: z.object({ parentId: z.string() }),
  'false-alarm': z.object({ reason: text }),
  close: z.object({
    freed: z.int().min(0).max(100),
    injured: z.int().min(0).max(100),
    cause: z.enum(causes),
    text: z.string().max(2000).optional(),
  }),
} as const
export type Action = keyof typeof actionSchemas
export type ActionBody<A extends Action> = z.infer<(typeof actionSchemas)[A]>

/** The desk's clocks, seconds. Defaults: 3-minute response KPI; 30 min urban, 60 min elsewhere (domain.md §5.1). */
export const dispatchSettingsSchema = z.object({
  acceptSeconds: z.number().positive().max(86_400).default(180),
  arriveSeconds: z.number().positive().max(86_400).default(1800),
  arriveSecondsRural: z.number().positive().max(86_400).default(3600),
  /** At level 3 nobody is left to escalate to: the desk is reminded every so often until someone accepts. */
  ackSeconds: z.number().positive().max(86_400).default(60),
})
export type DispatchSettings = z.infer<typeof dispatchSettingsSchema>
