import { idSchema, phoneTopic } from '@lifeline/contracts'
import { notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { enterPhone, phonesOf, removePhone } from '../accounts/phones.ts'
import { actorOf } from './actor.ts'
import type { RegistryParts } from './registry-api.ts'

const phoneSchema = z.object({ id: idSchema, unitId: idSchema, name: z.string() })
const enteredSchema = phoneSchema.extend({
  username: idSchema.describe('also the MQTT client id'),
  password: z.string(),
  topic: z.string().describe('to be subscribed to with QoS 1'),
})
const params = z.object({ unitId: idSchema })
const tags = ['phones']
const path = '/api/v1/units/:unitId/phones'
/** As with the other ways to reach a unit. */
const config = { roles: ['supervisor', 'administrator'] } as const

/** Rescuers' phones with the app: what each signs in to the broker with is seen here once. */
export function phoneRoutes({ http, db, publisher }: RegistryParts): void {
  http.get(
    path,
    {
      schema: {
        summary: "A unit's phones",
        tags,
        params,
        response: { 200: z.object({ items: z.array(phoneSchema) }) },
      },
      config,
    },
    async ({ params: { unitId } }) => ({ items: await phonesOf(db, unitId) }),
  )

  http.post(
    path,
    {
      schema: {
        summary: "Enter a rescuer's phone; answers what its app signs in with, this once",
        tags,
        params,
        body: z.object({ name: z.string().trim().min(1).max(100) }),
        response: { 201: enteredSchema },
      },
      config,
    },
    async ({ params: { unitId }, body: { name }, user }, reply) => {
      const phone = await enterPhone(db, unitId, name, actorOf(user))
      if (phone === undefined) throw notFound(`there is no unit ${unitId}`)
      await publisher.changed({ deviceIds: [], usernames: [phone.id] })
      return reply.code(201).send({ ...phone, username: phone.id, topic: phoneTopic(phone.id) })
    },
  )

  http.delete(
    `${path}/:phoneId`,
    {
      schema: {
        summary: 'Remove a phone: its connection ends at once',
        tags,
        params: params.extend({ phoneId: idSchema }),
        response: { 204: z.null() },
      },
      config,
    },
    async ({ params: { unitId, phoneId }, user }, reply) => {
      if (!(await removePhone(db, unitId, phoneId, actorOf(user)))) throw notFound(`${unitId} has no phone ${phoneId}`)
      await publisher.changed({ deviceIds: [], usernames: [phoneId] })
      return reply.code(204).send(null)
    },
  )
}
