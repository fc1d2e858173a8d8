import { z } from 'zod'
import { epochMsSchema, idSchema } from './identifiers.ts'

/** [east, north] in metres in the site's plan. */
const planPoint = z.tuple([z.number(), z.number()])
/** [radius m, capacity kg]. */
const chartPoint = z.tuple([z.number().positive(), z.number().min(0)])
const date = z.iso.date()
/** What the registry lets a device be set to, by rule: `{ "{rule}": { "{setting}": value } }`. */
export const ruleSettingsSchema = z.record(z.string(), z.record(z.string(), z.number()))
export type RuleSettings = z.infer<typeof ruleSettingsSchema>

export const elevatorParametersSchema = z.object({
  /** kg. */
  ratedLoad: z.number().positive(),
  /** m/s. */
  ratedSpeed: z.number().positive(),
  /** m between the lowest and the highest landing. */
  travel: z.number().positive(),
  floors: z.int().min(2),
  installedOn: date,
})

export const towerCraneParametersSchema = z.object({
  /** Mast axis in the site's plan. */
  position: z.object({ east: z.number(), north: z.number() }),
  /** m above the site datum. */
  jibHeight: z.number().positive(),
  /** m from the mast axis to the trolley's outer end. */
  jibLength: z.number().positive(),
  counterJibLength: z.number().positive(),
  /** kg. */
  maxLoad: z.number().positive(),
  /** kN·m. */
  ratedMoment: z.number().positive(),
  /** Capacity by radius for each number of falls. */
  loadChart: z.partialRecord(z.enum(['2', '4']), z.array(chartPoint).min(1)),
  forbiddenZones: z.array(z.object({ name: z.string(), polygon: z.array(planPoint).min(3) })),
  /** m/s, the manufacturer's. */
  windLimit: z.number().positive(),
})

export const hoistParametersSchema = z.object({
  ratedLoad: z.number().positive(),
  ratedSpeed: z.number().positive(),
  maxPeople: z.int().positive(),
  travel: z.number().positive(),
  safetyDeviceCalibratedOn: date,
  /** Heights of the landings, m. */
  landings: z.array(z.number()).optional(),
})

const common = {
  deviceId: idSchema,
  siteId: idSchema,
  /** The 6 digits on the lift's use mark. */
  rescueCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  registrationCode: z.string().min(1).max(40),
  address: z.string().min(1),
  location: z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
  /** Outside the built-up area: the longer arrival clock applies. */
  rural: z.boolean().default(false),
  /** Name of the unit that uses the equipment. */
  useUnit: z.string(),
  /** Id of the unit that maintains it. */
  maintenanceUnit: idSchema,
  approvedForUse: z.boolean(),
  /** Last day on which it may run without a new inspection. */
  inspectionDueOn: date.optional(),
  /** The format that it speaks where that is not the native one: the name of a mapping. */
  format: idSchema.optional(),
  /** What it is called in that format; the device id where that is the same. */
  vendorId: z.string().min(1).max(64).optional(),
  /** Expected seconds between frames; offline after three of them without one. */
  reportInterval: z.number().positive(),
  /** Card tokens that may drive it (cranes and hoists). */
  operators: z.array(z.string()).default([]),
  /** Deviations from the rules' defaults. */
  settings: ruleSettingsSchema.default({}),
}

/** One registered machine as the registry publishes it to the KV bucket `equipment` and into the log. */
export const equipmentSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('elevator'), parameters: elevatorParametersSchema }),
  z.object({ ...common, kind: z.literal('tower-crane'), parameters: towerCraneParametersSchema }),
  z.object({ ...common, kind: z.literal('hoist'), parameters: hoistParametersSchema }),
])
export type Equipment = z.infer<typeof equipmentSchema>
export type EquipmentOf<K extends Equipment['kind']> = Extract<Equipment, { kind: K }>

/** Seconds between frames where the registry has no other number (interface.md §5). */
export const defaultReportInterval = { elevator: 10, 'tower-crane': 5, hoist: 15 } as const

/** A unit that can be sent or told: contract maintenance (level 1), rescue station (2), fire 119 (3), user. */
export const unitSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(['maintenance', 'station', 'fire', 'use']),
  phone: z.string(),
  location: z.object({ lat: z.number(), lon: z.number() }).optional(),
})
export type Unit = z.infer<typeof unitSchema>

/** What a client may sign in to the broker with, as published to the KV bucket `credentials`, key = user name. */
export const credentialSchema = z.object({
  username: idSchema,
  /** The MQTT client id this credential may use: the device's, the gateway's or the phone's id. */
  clientId: idSchema,
  salt: z.string(),
  /** SHA-256 of salt and secret, hex. The secrets are generated with 144 bits, so a slow hash adds nothing. */
  secretHash: z.string(),
  /** Of a device or a gateway. */
  siteId: idSchema.optional(),
  /** Of a rescuer's phone, which hears its own notices (`phoneTopic`) and nothing else: the unit that it belongs to. */
  unitId: idSchema.optional(),
  /** The devices whose topics it may use. */
  devices: z.array(idSchema),
  /** When the secret was made, ms since the Unix epoch. A certificate of an earlier second does not count. */
  issuedAt: epochMsSchema.optional(),
})
export type Credential = z.infer<typeof credentialSchema>
