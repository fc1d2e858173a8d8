import { z } from 'zod'
import { conditionSchema } from './caller-report.ts'
import { idSchema, kindSchema } from './identifiers.ts'
import { ruleNameSchema, severitySchema } from './incident.ts'

export const caseStates = ['received', 'assigned', 'accepted', 'departed', 'arrived', 'freed', 'closed'] as const
export const caseStateSchema = z.enum(caseStates)
export type CaseState = z.infer<typeof caseStateSchema>

/** 1 contract maintenance, 2 rescue station, 3 fire 119; 0 nobody assigned yet. */
export const rescueLevelSchema = z.literal([0, 1, 2, 3])
export type RescueLevel = z.infer<typeof rescueLevelSchema>

export const causes = ['external', 'human', 'door', 'electromechanical', 'power', 'other'] as const

/** Whom the desk can call besides the units: fire 119, medical 120. */
export const outsideServiceSchema = z.enum(['119', '120'])
export type OutsideService = z.infer<typeof outsideServiceSchema>

/** 1 a life at stake and more (several trapped, injured, heat, medical), 2 a life at stake, 3 major, 4 the rest. */
export const prioritySchema = z.literal([1, 2, 3, 4])
export type Priority = z.infer<typeof prioritySchema>

/** What a proposal to call 119 or 120 is for. */
export const proposalReasonSchema = z.enum(['several_trapped', 'injured', 'heat', 'medical'])

/** The desk proposes to call an outside service; a dispatcher decides with one action. */
export const proposalSchema = z.object({
  service: outsideServiceSchema,
  reasons: z.array(proposalReasonSchema),
  proposedAt: z.number(),
  /** `settled`: the question has gone, by escalation to 119 or because the case is over. */
  state: z.enum(['open', 'confirmed', 'declined', 'settled']),
  decidedBy: z.string().optional(),
  decidedAt: z.number().optional(),
})
export type Proposal = z.infer<typeof proposalSchema>

/** `merged`: the case was the same event as another, and is told of there. */
export const outcomeKindSchema = z.enum(['rescued', 'resolved', 'false_alarm', 'cleared', 'late', 'merged'])

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
  priority: prioritySchema,
  /** An exercise. */
  drill: z.boolean(),
  openedAt: z.number(),
  /** When telemetry saw the condition end; the case may still be open. */
  clearedAt: z.number().optional(),
  closedAt: z.number().optional(),
  /** The clocks that run now, ms since the Unix epoch. */
  deadlines: z.object({
    acceptBy: z.number().optional(),
    arriveBy: z.number().optional(),
    /** The trapped are to be called back by then; past it the timeline says `call_back_due` again and again. */
    callBackBy: z.number().optional(),
    /** A person of the desk acts on it by then; past it the supervisor is told, once. */
    ackBy: z.number().optional(),
  }),
  holdUntil: z.number().optional(),
  /** Id of the unit. */
  assignedTo: z.string().optional(),
  /** Ids of the stations that are asked besides; whoever accepts first has it, and the others are stood down. */
  alsoAsked: z.array(z.string()).optional(),
  /** The dispatcher who has the case, by `accept` or `take`. It keeps nobody from acting: a life may hang on it. */
  takenBy: z.object({ name: z.string(), at: z.number() }).optional(),
  callerPhone: z.string().optional(),
  trapped: z.int().optional(),
  condition: conditionSchema,
  proposals: z.array(proposalSchema),
  parentId: z.string().optional(),
  measured: z.record(z.string(), z.unknown()),
  limit: z.object({ value: z.unknown(), unit: z.string(), source: z.string() }).optional(),
  evidence: z.object({ fromTime: z.number(), toTime: z.number() }),
  outcome: z
    .object({
      kind: outcomeKindSchema,
      freed: z.int().optional(),
      injured: z.int().optional(),
      cause: z.enum(causes).optional(),
      reason: z.string().optional(),
      text: z.string().optional(),
      /** The case that it was merged into. */
      intoId: z.string().optional(),
    })
    .optional(),
  timeline: z.array(timelineEntrySchema),
})
export type RescueCase = z.infer<typeof rescueCaseSchema>
