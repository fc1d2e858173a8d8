import { idSchema, kindSchema } from '@lifeline/contracts'
import { notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { issueCredential, readCredentials } from '../accounts/credentials.ts'
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

/** New secrets for the broker. The answer is the only place where one is ever seen; the old one ends with it. */
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
    async ({ params: { deviceId } }, reply) => {
      const device = await db
        .selectFrom('equipment')
        .select('kind')
        .where('device_id', '=', deviceId)
        .executeTakeFirst()
      if (device === undefined) throw notFound(`there is no device ${deviceId}`)
      const password = await issueCredential(db, deviceId)
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
    async ({ params: { gatewayId } }, reply) => {
      const gateway = await db.selectFrom('gateways').selectAll().where('id', '=', gatewayId).executeTakeFirst()
      if (gateway === undefined) throw notFound(`there is no gateway ${gatewayId}`)
      const password = await issueCredential(db, gatewayId)
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
}
