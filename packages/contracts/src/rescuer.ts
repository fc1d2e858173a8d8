import { z } from 'zod'
import { conditionSchema } from './caller-report.ts'
import { actionSchemas } from './case-action.ts'
import { kindSchema } from './identifiers.ts'
import { caseStateSchema, causes, rescueLevelSchema } from './rescue-case.ts'

/** What the rescuer's page is known by in a browser; given with the page, bound to a link when that is opened. */
export const rescuerCookie = 'lifeline_rescuer'
/** 256 bits in base64url: a link's token, and a browser's cookie. */
export const rescuerSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '43 characters of base64url')
/** A photo is at most so large, bytes. */
export const largestPhoto = 900_000
export const mostPhotos = 10

/** Where a crew is, WGS 84. */
export const crewPositionSchema = z.object({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  accuracy: z.number().min(0).max(1e6).optional().describe('m'),
})
export type CrewPosition = z.infer<typeof crewPositionSchema>

const somewhere = z.object({ position: crewPositionSchema.optional() })

/** Bodies of `POST /api/v1/rescuer/{token}/{action}`; `photo` takes a JPEG instead. */
export const rescuerActionSchemas = {
  accept: actionSchemas.accept,
  depart: somewhere,
  arrive: somewhere,
  free: actionSchemas.free,
  position: z.object({ position: crewPositionSchema }),
  cause: z.object({ cause: z.enum(causes), text: z.string().trim().max(500).optional() }),
} as const
export type RescuerAction = keyof typeof rescuerActionSchemas
export type RescuerBody<A extends RescuerAction> = z.infer<(typeof rescuerActionSchemas)[A]>

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** What a crew sees of its case. Times are ms since the Unix epoch. */
export const rescuerViewSchema = z.object({
  id: z.string(),
  title: bilingual,
  drill: z.boolean(),
  state: caseStateSchema,
  level: rescueLevelSchema,
  mine: z.boolean().describe('false: another unit has the case now'),
  kind: kindSchema,
  deviceId: z.string(),
  rescueCode: z.string().optional(),
  address: z.string(),
  location: z.object({ lat: z.number(), lon: z.number() }).optional(),
  floor: z.number().optional(),
  trapped: z.int().optional(),
  condition: conditionSchema,
  openedAt: z.number(),
  acceptBy: z.number().optional(),
  arriveBy: z.number().optional(),
  unitName: z.string(),
  deskPhone: z.string(),
  callerPhone: z.string().optional().describe('until the case is closed'),
  sitePhone: z.string().optional().describe('of the unit that uses the device'),
  freed: z.int().optional(),
  cause: z.enum(causes).optional().describe('as this unit reported it'),
  photos: z.int(),
})
export type RescuerView = z.infer<typeof rescuerViewSchema>

/** What crews reported of a case, for the desk. */
export const crewReportSchema = z.object({
  positions: z.array(crewPositionSchema.extend({ unitId: z.string(), at: z.number() })),
  causes: z.array(z.object({ unitId: z.string(), at: z.number(), cause: z.enum(causes), text: z.string().optional() })),
  photos: z.array(z.object({ id: z.string(), unitId: z.string(), at: z.number(), bytes: z.int() })),
})
export type CrewReport = z.infer<typeof crewReportSchema>
