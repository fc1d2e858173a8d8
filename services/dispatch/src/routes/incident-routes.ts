import {
  equipmentSchema,
  idSchema,
  kindSchema,
  problemSchema,
  reportSchema,
  rescueCaseSchema,
  ruleNameSchema,
} from '@lifeline/contracts'
import { type HttpServer, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { deskRoles, sightOf } from '../access.ts'
import { contactSchema, contactsFor } from '../contacts.ts'
import type { Desk } from '../desk.ts'
import type { Directory } from '../directory.ts'
import { listCases, type Place } from '../store/case-query.ts'
import { factQuerySchema } from '../store/fact-filter.ts'
import { noticeSchema, noticesOf } from '../store/notice-query.ts'
import { currentSettings } from '../store/settings-store.ts'
import { listShifts, unitsOffDuty } from '../store/shift-store.ts'
import type { Db } from '../store/tables.ts'
import { caseParams } from './case-params.ts'
import { seenCase } from './seen-case.ts'

const ms = z.coerce.number().describe('ms since the Unix epoch')

const listQuery = z.object({
  state: z.enum(['open', 'closed', 'all']).default('all'),
  kind: kindSchema.optional(),
  rule: ruleNameSchema.optional().describe('also of an incident or report that joined the case'),
  deviceId: idSchema.optional(),
  from: ms.optional(),
  to: ms.optional(),
  sort: z
    .enum(['openedAt', 'priority'])
    .default('openedAt')
    .describe('openedAt: newest first; priority: most pressing first, then newest'),
  ...factQuerySchema.shape,
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  cursor: z.string().optional().describe('nextCursor of the page before'),
})

const listAnswer = z.object({ items: z.array(rescueCaseSchema), nextCursor: z.string().optional() })

const detailAnswer = rescueCaseSchema.extend({
  device: equipmentSchema.optional(),
  contacts: z.array(contactSchema).describe('the people to call'),
  notices: z.array(noticeSchema).describe('whom the desk decided to tell, or not to'),
})

export function serveIncidents(http: HttpServer, db: Db, desk: Desk, directory: Directory, now: () => number): void {
  http.get(
    '/api/v1/incidents',
    {
      schema: { querystring: listQuery, response: { 200: listAnswer, '4xx': problemSchema } },
    },
    async ({ query, user }) => {
      const { cursor, state, kind, rule, deviceId, from, to, sort, limit, ...facts } = query
      const filter = { state, kind, rule, deviceId, from, to, sort, limit, facts }
      const sight = sightOf(user)
      if (!sight.all && sight.unitId === undefined) return { items: [] }
      const after = cursor === undefined ? undefined : placeOf(cursor)
      const unitId = sight.all ? undefined : sight.unitId
      const found = await listCases(db, { ...filter, unitId, after })
      const items = found.slice(0, query.limit)
      const last = items.at(-1)
      return found.length > items.length && last !== undefined ? { items, nextCursor: cursorOf(last) } : { items }
    },
  )

  http.get(
    '/api/v1/incidents/:id',
    {
      schema: { params: caseParams, response: { 200: detailAnswer, '4xx': problemSchema } },
    },
    async ({ params: { id }, user }) => {
      const found = await seenCase(db, id, user)
      const device = directory.equipment(found.rescue.deviceId)
      const at = now()
      const readiness = { travel: await currentSettings(db), offDuty: await unitsOffDuty(db, at) }
      const shifts = await listShifts(db, { from: at, to: at })
      const contacts = contactsFor(found.rescue, device, directory.units, readiness, shifts)
      const notices = await noticesOf(db, found.view.id)
      return { ...found.view, ...(device === undefined ? {} : { device }), contacts, notices }
    },
  )

  http.post(
    '/api/v1/incidents',
    {
      schema: {
        body: reportSchema,
        response: { 200: rescueCaseSchema, 201: rescueCaseSchema, '4xx': problemSchema },
      },
      config: { roles: deskRoles },
    },
    async ({ body, user }, reply) => {
      const { opened, view } = await desk.takeReport(body, user)
      return reply.code(opened ? 201 : 200).send(view)
    },
  )
}

const cursorOf = ({ openedAt, id, priority }: Place): string =>
  Buffer.from(`${openedAt} ${id} ${priority}`).toString('base64url')

function placeOf(cursor: string): Place {
  const [openedAt, id, priority] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (id === undefined || !Number.isFinite(Number(openedAt)) || !Number.isInteger(Number(priority))) {
    throw new ProblemError(422, 'Invalid request', 'cursor: not one that this list gave', [
      { path: 'cursor', message: 'take nextCursor of the page before' },
    ])
  }
  return { openedAt: Number(openedAt), id, priority: Number(priority) }
}
