import { crewReportSchema, idSchema, problemSchema, type SessionUser } from '@lifeline/contracts'
import { type HttpServer, notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { deskRoles, sees, sightOf } from '../access.ts'
import { notYours } from '../desk.ts'
import { isClosed } from '../rescue/desk-case.ts'
import { caseParams } from '../routes/case-params.ts'
import { findCase } from '../store/case-query.ts'
import type { Db } from '../store/tables.ts'
import { crewReport, photoOf } from './crew-store.ts'
import { linkLifeMs, newLink } from './link-store.ts'

const tags = ['rescuer']
const photoParams = caseParams.extend({ photoId: z.uuid() })
const linkSchema = z.object({ link: z.string(), expiresAt: z.number() })

/** What the desk sees of the crews, and a new link for one whose own does not open. */
export function serveCrews(http: HttpServer, db: Db, publicUrl: string, now: () => number): void {
  http.get(
    '/api/v1/incidents/:id/crew',
    {
      schema: {
        tags,
        summary: 'Where crews are, which causes they found, and their photos',
        params: caseParams,
        response: { 200: crewReportSchema, '4xx': problemSchema },
      },
    },
    async ({ params: { id }, user }) => crewReport(db, (await seenCase(id, user)).id),
  )
  http.get(
    '/api/v1/incidents/:id/photos/:photoId',
    { schema: { tags, summary: 'A photo, image/jpeg', params: photoParams } },
    async ({ params: { id, photoId }, user }, reply) => {
      const jpeg = await photoOf(db, (await seenCase(id, user)).id, photoId)
      if (jpeg === undefined) throw notFound(`no photo ${photoId}`)
      return reply.type('image/jpeg').header('x-content-type-options', 'nosniff').send(Buffer.from(jpeg))
    },
  )
  http.post(
    '/api/v1/incidents/:id/rescuer-link',
    {
      schema: {
        tags,
        summary: 'A new link to the rescuer’s page, for the unit that has the case; shown this once',
        params: caseParams,
        body: z.object({ unitId: idSchema.optional() }),
        response: { 200: linkSchema, '4xx': problemSchema },
      },
      config: { roles: deskRoles },
      preValidation: async (request) => {
        request.body ??= {}
      },
    },
    async ({ params: { id }, body, user }) => {
      const rescue = await seenCase(id, user)
      const unitId = body.unitId ?? rescue.progress.assignedTo
      if (isClosed(rescue)) throw new ProblemError(409, 'Not possible now', 'the case is closed')
      if (unitId === undefined || !rescue.unitIds.includes(unitId)) {
        throw new ProblemError(409, 'Not possible now', 'the case was never assigned to such a unit')
      }
      const at = now()
      return { link: `${publicUrl}/r/${await newLink(db, rescue.id, unitId, at)}`, expiresAt: at + linkLifeMs }
    },
  )

  async function seenCase(id: string, user: SessionUser) {
    const found = await findCase(db, id)
    if (found === undefined) throw notFound(`no incident ${id}`)
    if (!sees(sightOf(user), found.rescue)) throw notYours(id)
    return found.rescue
  }
}
