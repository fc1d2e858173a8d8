import { idSchema, kindSchema, type SessionUser } from '@lifeline/contracts'
import { notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { issueCredential, readCredentials, revokeCredential } from '../accounts/credentials.ts'
import { actorOf } from './actor.ts'
import { deviceParams } from './device-routes.ts'
import type { RegistryParts } from './registry-api.ts'

const gatewayParams = z.object({ gatewayId: idSchema })
const signIn = { username: idSchema, password: z.string() }
const deviceCredentialSchema = z.object({ deviceId: idSchema, kind: kindSchema, ...signIn })
const gatewayCredentialSchema = z.object({
  gatewayId: idSchema,
  siteId: idSchema,
  ...signIn,
  devices: z.array(idSchema),
})
const tags = ['credentials']
const config = { roles: ['administrator'] } as const

/**
 * Secrets for the broker: new ones, and none any more. The answer is the only place where one is ever seen; the old one
 * ends with it, and so do the live connection and the certificates of before.
 */
export function credentialRoutes({ http, db, publisher }: RegistryParts): void {
  http.post(
    '/api/v1/devices/:deviceId/credential',
    {
      schema: {
        summary: 'Give a device a new secret',
        tags,
        params: deviceParams,
        response: { 201: deviceCredentialSchema },
      },
      config,
    },
    async ({ params: { deviceId }, user }, reply) => {
      const device = await db
        .selectFrom('equipment')
        .select('kind')
        .where('device_id', '=', deviceId)
        .executeTakeFirst()
      if (device === undefined) throw notFound(`there is no device ${deviceId}`)
      const password = await issueCredential(db, deviceId, actorOf(user))
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId] })
      return reply.code(201).send({ deviceId, kind: device.kind, username: deviceId, password })
    },
  )

  http.post(
    '/api/v1/gateways/:gatewayId/credential',
    {
      schema: {
        summary: 'Give a site gateway a new secret',
        tags,
        params: gatewayParams,
        response: { 201: gatewayCredentialSchema },
      },
      config,
    },
    async ({ params: { gatewayId }, user }, reply) => {
      const gateway = await db.selectFrom('gateways').selectAll().where('id', '=', gatewayId).executeTakeFirst()
      if (gateway === undefined) throw notFound(`there is no gateway ${gatewayId}`)
      const password = await issueCredential(db, gatewayId, actorOf(user))
      await publisher.changed({ deviceIds: [], usernames: [gatewayId] })
      const [credential] = await readCredentials(db, [gatewayId])
      return reply.code(201).send({
        gatewayId,
        siteId: gateway.site_id,
        username: gatewayId,
        password,
        devices: credential?.devices ?? [],
      })
    },
  )

  const revoke = async (username: string, user: SessionUser): Promise<void> => {
    const by = actorOf(user)
    const revoked = await db.transaction().execute((transaction) => revokeCredential(transaction, username, by))
    if (!revoked) throw notFound(`${username} has no secret`)
    await publisher.changed({ deviceIds: [], usernames: [username] })
  }

  http.delete(
    '/api/v1/devices/:deviceId/credential',
    {
      schema: { summary: "Take a device's secret away", tags, params: deviceParams, response: { 204: z.null() } },
      config,
    },
    async ({ params: { deviceId }, user }, reply) => {
      await revoke(deviceId, user)
      return reply.code(204).send(null)
    },
  )

  http.delete(
    '/api/v1/gateways/:gatewayId/credential',
    {
      schema: {
        summary: "Take a site gateway's secret away",
        tags,
        params: gatewayParams,
        response: { 204: z.null() },
      },
      config,
    },
    async ({ params: { gatewayId }, user }, reply) => {
      await revoke(gatewayId, user)
      return reply.code(204).send(null)
    },
  )
}
