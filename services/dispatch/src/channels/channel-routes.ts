import {
  channelChangeSchema,
  channelSchema,
  channelTestSchema,
  deliverySchema,
  idSchema,
  problemSchema,
  unitContactsSchema,
} from '@lifeline/contracts'
import { type HttpServer, notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { deskRoles, sees, settingsRoles, sightOf } from '../access.ts'
import { notYours } from '../desk.ts'
import type { Directory } from '../directory.ts'
import { problemOf } from '../problem-of.ts'
import { ActionRefused } from '../rescue/action-refused.ts'
import { caseParams } from '../routes/case-params.ts'
import { findCase } from '../store/case-query.ts'
import type { Db } from '../store/tables.ts'
import { viewOf } from './channel-config.ts'
import { allChannels, contactsOf, findChannel, putChannel, putContacts, removeChannel } from './channel-store.ts'
import { deliveriesOf } from './delivery-store.ts'
import type { Means } from './send-message.ts'
import { testChannel } from './test-channel.ts'

const byId = z.object({ id: idSchema })
const byUnit = z.object({ unitId: idSchema })
const tags = ['channels']

/** The channels that units are told through, how each unit is reached, and what was delivered. */
export function serveChannels(http: HttpServer, db: Db, directory: Directory, means: Means): void {
  http.get(
    '/api/v1/channels',
    {
      schema: { tags, response: { 200: z.object({ items: z.array(channelSchema) }), '4xx': problemSchema } },
      config: { roles: deskRoles },
    },
    async () => ({ items: (await allChannels(db)).map(viewOf) }),
  )
  http.put(
    '/api/v1/channels/:id',
    {
      schema: { tags, params: byId, body: channelChangeSchema, response: { 200: channelSchema, '4xx': problemSchema } },
      config: { roles: ['administrator'] },
    },
    async ({ params: { id }, body, user }) => {
      try {
        return viewOf(await putChannel(db, id, body, user.name, Date.now()))
      } catch (error) {
        throw error instanceof ActionRefused ? problemOf(error) : error
      }
    },
  )
  http.delete(
    '/api/v1/channels/:id',
    {
      schema: { tags, params: byId, response: { 204: z.null(), '4xx': problemSchema } },
      config: { roles: ['administrator'] },
    },
    async ({ params: { id } }, reply) => {
      if (!(await removeChannel(db, id))) throw notFound(`no channel ${id}`)
      return reply.code(204).send(null)
    },
  )
  http.post(
    '/api/v1/channels/:id/test',
    {
      schema: {
        tags,
        summary: 'Sends a contact test to the channel’s test address now',
        params: byId,
        response: { 200: channelTestSchema, '4xx': problemSchema },
      },
      config: { roles: deskRoles },
    },
    async ({ params: { id }, user }) => {
      const channel = await findChannel(db, id)
      if (channel === undefined) throw notFound(`no channel ${id}`)
      const test = await testChannel(db, channel, user.name, means)
      if (test !== undefined) return test
      throw new ProblemError(409, 'Not possible now', `channel ${id} has no testAddress; an administrator sets it`)
    },
  )
  http.get(
    '/api/v1/dispatch/contacts/:unitId',
    {
      schema: { tags, params: byUnit, response: { 200: unitContactsSchema, '4xx': problemSchema } },
      config: { roles: deskRoles },
    },
    async ({ params: { unitId } }) => ({ unitId, contacts: [...(await contactsOf(db, unitId))] }),
  )
  http.put(
    '/api/v1/dispatch/contacts/:unitId',
    {
      schema: {
        tags,
        summary: 'How a unit is reached, in the order in which it is tried',
        params: byUnit,
        body: unitContactsSchema.pick({ contacts: true }),
        response: { 200: unitContactsSchema, '4xx': problemSchema },
      },
      config: { roles: settingsRoles },
    },
    async ({ params: { unitId }, body: { contacts }, user }) => {
      if (directory.complete && !directory.units.has(unitId)) throw notFound(`no unit ${unitId}`)
      await putContacts(db, unitId, contacts, user.name, Date.now())
      return { unitId, contacts }
    },
  )
  http.get(
    '/api/v1/incidents/:id/deliveries',
    {
      schema: {
        tags,
        summary: 'Every attempt to tell units of the case, and each time there was none and why',
        params: caseParams,
        response: { 200: z.object({ items: z.array(deliverySchema) }), '4xx': problemSchema },
      },
    },
    async ({ params: { id }, user }) => {
      const found = await findCase(db, id)
      if (found === undefined) throw notFound(`no incident ${id}`)
      const sight = sightOf(user)
      if (!sees(sight, found.rescue)) throw notYours(id)
      const items = await deliveriesOf(db, found.rescue.id)
      // How another unit is reached is not a unit's business.
      return { items: sight.all ? items : items.filter(({ unitId }) => unitId === sight.unitId) }
    },
  )
}
