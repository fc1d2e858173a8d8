import { epochMsSchema, idSchema, kindSchema, type SessionUser } from '@lifeline/contracts'
import { notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { readEquipment } from '../equipment/read-equipment.ts'
import { NoGatewayError, type ReplayOutcome, replayQuarantined, storedRecord } from '../quarantine/quarantine-replay.ts'
import {
  countQuarantined,
  findQuarantined,
  offeredOf,
  type QuarantineRow,
  readQuarantine,
} from '../quarantine/read-quarantine.ts'
import { devicePresence } from './device-presence.ts'
import { optional } from './optional-parameter.ts'
import { countSchema, entryOf, entrySchema, outcomeSchema, wholeEntrySchema } from './quarantine-view.ts'
import type { RegistryParts } from './registry-api.ts'

const path = '/api/v1/quarantine'
const tags = ['quarantine']
const roles = ['administrator', 'supervisor', 'regulator', 'maintenance'] as const
const most = 500
const defaultLimit = 100
const time = optional(z.coerce.number().pipe(epochMsSchema))
const id = z.coerce.number().int().min(1)
const limit = optional(z.coerce.number().int().min(1).max(most))
const searchSchema = z.object({
  deviceId: optional(idSchema),
  kind: optional(z.enum([...kindSchema.options, 'unknown'])),
  /** Occurs in the reason. */
  reason: optional(z.string().max(200)),
  /** When it was received: ms since the Unix epoch, both included. */
  from: time,
  to: time,
  limit,
  /** `nextCursor` of the page before. */
  cursor: optional(id),
})
const replaySchema = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(most) }),
  z.strictObject({ deviceId: idSchema, from: epochMsSchema, to: epochMsSchema }),
])

/** What could not be understood: to be looked at, and taken again once a mapping or a registration is mended. */
export function quarantineRoutes({ http, db, bus, partitions, logger }: RegistryParts): void {
  http.get(
    path,
    {
      schema: {
        summary: 'Payloads that could not be understood, newest first',
        tags,
        querystring: searchSchema,
        response: { 200: z.object({ items: z.array(entrySchema), nextCursor: z.string().optional() }) },
      },
      config: { roles },
    },
    async ({ query: { limit: wanted = defaultLimit, cursor, ...search }, user }) => {
      const rows = await readQuarantine(db, { ...search, before: cursor, maintenanceUnit: unitOf(user) }, wanted + 1)
      const items = rows.slice(0, wanted).map(entryOf)
      const last = items.at(-1)
      return rows.length > wanted && last !== undefined ? { items, nextCursor: last.id } : { items }
    },
  )

  http.get(
    `${path}/counts`,
    {
      schema: {
        summary: 'How many of each device, and when it was last understood; whose last came last is first',
        tags,
        querystring: z.object({ limit }),
        response: { 200: z.object({ items: z.array(countSchema) }) },
      },
      config: { roles },
    },
    async ({ query: { limit: wanted = defaultLimit }, user }) => {
      const counts = await countQuarantined(db, wanted, unitOf(user))
      const devices = await readEquipment(
        db,
        counts.map(({ deviceId }) => deviceId),
      )
      const heard = await devicePresence(bus, partitions, devices, (partition, error) =>
        logger.debug({ err: error, partition }, 'no engine says who is heard'),
      )
      const items = counts.map((it) => ({ ...it, lastGoodFrameAt: heard.get(it.deviceId)?.lastFrameAt ?? null }))
      return { items }
    },
  )

  http.get(
    `${path}/:id`,
    {
      schema: {
        summary: 'One of them with its bytes',
        tags,
        params: z.object({ id }),
        response: { 200: wholeEntrySchema },
      },
      config: { roles },
    },
    async ({ params, user }) => {
      const row = await findQuarantined(db, params.id, unitOf(user))
      const record = row === undefined ? undefined : await storedRecord(bus, params.id)
      if (row === undefined || record === undefined) throw notFound(`there is nothing ${params.id} in quarantine`)
      return { ...entryOf(row), base64: record.payload, hex: Buffer.from(record.payload, 'base64').toString('hex') }
    },
  )

  http.post(
    `${path}/replay`,
    {
      schema: {
        summary: 'Take some again by the mappings and registrations as they stand now; the oldest first, at most 500',
        tags,
        body: replaySchema,
        response: { 200: z.object({ items: z.array(outcomeSchema), more: z.boolean() }) },
      },
      config: { roles: ['administrator'] },
    },
    async ({ body, user }) => {
      const { rows, more, missing } = await rowsFor(body)
      const items: ReplayOutcome[] = missing.map((it) => ({
        id: it,
        result: 'refused',
        reason: 'there is no such one',
      }))
      try {
        for (const row of rows) items.push(await replayQuarantined(db, bus, row, user.name))
      } catch (error) {
        if (error instanceof NoGatewayError) throw new ProblemError(503, 'No gateway', error.message)
        throw error
      }
      return { items: items.map((it) => ({ ...it, id: String(it.id) })), more }
    },
  )

  const rowsFor = async (
    body: z.infer<typeof replaySchema>,
  ): Promise<{ rows: QuarantineRow[]; more: boolean; missing: number[] }> => {
    if (!('ids' in body)) {
      const offered = await offeredOf(db, body, most + 1)
      return { rows: offered.slice(0, most), more: offered.length > most, missing: [] }
    }
    const ids = [...new Set(body.ids)].sort((one, other) => one - other)
    const found = await Promise.all(ids.map((it) => findQuarantined(db, it)))
    const rows = found.filter((row) => row !== undefined)
    return { rows, more: false, missing: ids.filter((_, i) => found[i] === undefined) }
  }
}

/** A maintenance unit sees its own devices' only. */
const unitOf = (user: SessionUser): string | undefined =>
  user.role === 'maintenance' ? (user.unitId ?? '') : undefined
