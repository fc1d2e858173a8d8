import {
  linkageAnswerSchema,
  linkageSchema,
  linkageSettingsChangeSchema,
  linkageSettingsSchema,
  linkageTargetSchema,
  problemSchema,
} from '@lifeline/contracts'
import { type HttpServer, notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { deskRoles } from '../access.ts'
import type { Desk } from '../desk.ts'
import { present } from '../present.ts'
import { problemOf } from '../problem-of.ts'
import { ActionRefused } from '../rescue/action-refused.ts'
import { caseParams } from '../routes/case-params.ts'
import { findCase } from '../store/case-query.ts'
import type { Db } from '../store/tables.ts'
import { acknowledge } from './acknowledge.ts'
import { isAckToken } from './linkage-event.ts'
import { allTargets, findLinkage, linkagesOf, putTarget, type TargetRow } from './linkage-store.ts'

const tags = ['linkage']
const shown = ({ target, url, timeout_seconds, ack_seconds }: TargetRow) => ({
  target,
  timeoutSeconds: timeout_seconds,
  ackSeconds: ack_seconds,
  ...present({ url: url === null ? undefined : `${new URL(url).origin}${new URL(url).pathname}` }),
})

/** How other services are set up, what a case has asked of them, and their acknowledgement. */
export function serveLinkage(http: HttpServer, db: Db, desk: Desk, sessionSecret: string): void {
  const items = z.array(linkageSettingsSchema)
  http.get(
    '/api/v1/linkage/targets',
    { schema: { tags, response: { 200: z.object({ items }), '4xx': problemSchema } }, config: { roles: deskRoles } },
    async () => ({ items: (await allTargets(db)).map(shown) }),
  )
  http.put(
    '/api/v1/linkage/targets/:target',
    {
      schema: {
        tags,
        params: z.object({ target: linkageTargetSchema }),
        body: linkageSettingsChangeSchema,
        response: { 200: z.object({ items }), '4xx': problemSchema },
      },
      config: { roles: ['administrator'] },
    },
    async ({ params: { target }, body, user }) => {
      try {
        await putTarget(db, target, body, user.name, Date.now())
      } catch (error) {
        throw error instanceof ActionRefused ? problemOf(error) : error
      }
      return { items: (await allTargets(db)).map(shown) }
    },
  )
  http.get(
    '/api/v1/incidents/:id/linkages',
    {
      schema: {
        tags,
        summary: 'What other services were asked for the case',
        params: caseParams,
        response: { 200: z.object({ items: z.array(linkageSchema) }), '4xx': problemSchema },
      },
      config: { roles: [...deskRoles, 'regulator'] },
    },
    async ({ params: { id } }) => {
      const found = await findCase(db, id)
      if (found === undefined) throw notFound(`no incident ${id}`)
      return { items: await linkagesOf(db, found.rescue.id) }
    },
  )
  http.post(
    '/api/v1/linkage/:id/ack',
    {
      schema: {
        tags,
        summary: 'The service that was asked has taken it; Authorization: Bearer {the token it was given}',
        params: z.object({ id: z.uuid() }),
        body: linkageAnswerSchema,
        response: { 200: z.object({ state: z.literal('acknowledged') }), '4xx': problemSchema },
      },
      config: { open: true },
    },
    async ({ params: { id }, body, headers }) => {
      const token = headers.authorization?.replace(/^bearer /i, '') ?? ''
      if (!isAckToken(sessionSecret, id, token)) {
        throw new ProblemError(401, 'Not acknowledged', 'the token is not the one that came with the request')
      }
      const linkage = await findLinkage(db, id)
      if (linkage === undefined) throw notFound(`no linkage ${id}`)
      await acknowledge(db, desk, linkage, body.reference, Date.now())
      return { state: 'acknowledged' as const }
    },
  )
}
