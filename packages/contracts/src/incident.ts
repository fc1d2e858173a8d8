import { z } from 'zod'
import { idSchema, kindSchema } from './identifiers.ts'

export const severities = ['info', 'warning', 'major', 'critical'] as const
export const severitySchema = z.enum(severities)
export type Severity = z.infer<typeof severitySchema>

export const ruleNames = [
  'entrapment',
  'alarm_button',
  'overspeed',
  'overload',
  'moving_with_door_open',
  'unintended_movement',
  'overtravel_top',
  'overtravel_bottom',
  'stop_outside_door_zone',
  'door_fault',
  'door_open_too_long',
  'safety_chain_open',
  'power_loss',
  'moment',
  'wind',
  'tilt',
  'collision',
  'forbidden_zone',
  'limit_reached',
  'limiter_failed',
  'unauthorised_operator',
  'too_many_people',
  'safety_device_tripped',
  'offline',
  'clock_skew',
  'sensor_stuck',
  'sensor_implausible',
  'not_approved_for_use',
  'unreadable_data',
] as const
export const ruleNameSchema = z.enum(ruleNames)
export type RuleName = z.infer<typeof ruleNameSchema>

const measuredValue = z.union([z.number(), z.string(), z.boolean()])

/** What the engine says of one episode: the `data` of an incident's CloudEvent. */
export const incidentSchema = z.object({
  incidentId: z.string(),
  /** The incident of a cause that it shares with others: a power cut of the site, a gateway's silence. */
  parentId: z.string().optional(),
  deviceId: idSchema,
  kind: kindSchema,
  siteId: idSchema,
  rule: ruleNameSchema,
  /** Version of the rule that saw it. */
  ruleVersion: z.int().min(1),
  severity: severitySchema,
  lifeSafety: z.boolean(),
  confidence: z.enum(['suspected', 'confirmed']),
  /** Event time, ms: when the condition began. */
  openedAt: z.number(),
  /** Event time, ms: when the condition ended. */
  clearedAt: z.number().optional(),
  /** First seen more than 120 s after it ended: recorded, pages nobody. */
  late: z.boolean(),
  measured: z.record(z.string(), measuredValue),
  limit: z.object({ value: measuredValue, unit: z.string(), source: z.string() }),
  /** The window to look at in the device's telemetry, event time, ms. */
  evidence: z.object({ fromTime: z.number(), toTime: z.number() }),
})
export type Incident = z.infer<typeof incidentSchema>

/** CloudEvents 1.0 envelope on subject `incident.{kind}.{rule}.{deviceId}`; `id` is also the Nats-Msg-Id. */
export const incidentEventSchema = z.object({
  specversion: z.literal('1.0'),
  /** `{incidentId}/{revision}`; revisions count from 1. */
  id: z.string(),
  source: z.literal('engine'),
  type: z.enum(['incident.opened', 'incident.updated', 'incident.cleared']),
  subject: idSchema,
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: incidentSchema,
})
export type IncidentEvent = z.infer<typeof incidentEventSchema>
