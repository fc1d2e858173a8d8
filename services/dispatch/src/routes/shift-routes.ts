import { idSchema, newShiftSchema, problemSchema, shiftSchema } from '@lifeline/contracts'
import { type HttpServer, notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { deskRoles, sightOf } from '../access.ts'
import { addShift, listShifts, removeShift } from '../store/shift-store.ts'
import type { Db } from '../store/tables.ts'

const dayMs = 86_400_000
const ms = z.coerce.number()

const listQuery = z.object({
  unitId: idSchema.optional(),
  from: ms.optional().describe('ms since the Unix epoch; now where absent'),
  to: ms.optional().describe('ms since the Unix epoch; a week after `from` where absent'),
})

/** Who is on duty when. A case passes over a unit whose shifts leave a gap; one without a roster is always on duty. */
export function serveShifts(http: HttpServer, db: Db, now: () => number): void {
  http.get(
    '/api/v1/dispatch/shifts',
    {
      schema: {
        summary: 'The shifts that touch a time; a user of a unit sees those of the unit',
        querystring: listQuery,
        response: { 200: z.object({ items: z.array(shiftSchema) }), '4xx': problemSchema },
      },
    },
    async ({ query: { unitId, from = now(), to = from + 7 * dayMs }, user }) => {
      const sight = sightOf(user)
      const mine = sight.all ? unitId : sight.unitId
      if (!sight.all && (mine === undefined || (unitId ?? mine) !== mine)) return { items: [] }
      return { items: await listShifts(db, { unitId: mine, from, to }) }
    },
  )
  http.post(
    '/api/v1/dispatch/shifts',
    {
      schema: { body: newShiftSchema, response: { 201: shiftSchema, '4xx': problemSchema } },
      config: { roles: deskRoles },
    },
    async ({ body, user }, reply) => reply.code(201).send(await addShift(db, body, user.name, now())),
  )
  http.delete(
    '/api/v1/dispatch/shifts/:id',
    {
      schema: { params: z.object({ id: z.string().max(64) }), response: { 204: z.null(), '4xx': problemSchema } },
      config: { roles: deskRoles },
    },
    async ({ params: { id }, user }, reply) => {
      if (!(await removeShift(db, id, user.name, now()))) throw notFound(`no shift ${id}`)
      return reply.code(204).send(null)
    },
  )
}
