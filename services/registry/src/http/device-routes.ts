import { type Equipment, equipmentSchema, idSchema, kindSchema, maySee, type SessionUser } from '@lifeline/contracts'
import { notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { removeEquipment, saveEquipment } from '../equipment/change-equipment.ts'
import { EquipmentRefusedError } from '../equipment/equipment-refused.ts'
import { findEquipment } from '../equipment/read-equipment.ts'
import { searchEquipment } from '../equipment/search-equipment.ts'
import { nameOfUnit } from '../equipment/units.ts'
import { actorOf } from './actor.ts'
import { devicePresence } from './device-presence.ts'
import { deviceFor, deviceSchema } from './device-view.ts'
import { optional } from './optional-parameter.ts'
import { refusalsAsProblems } from './refusals-as-problems.ts'
import type { RegistryParts } from './registry-api.ts'

export const deviceParams = z.object({ deviceId: idSchema })
const searchSchema = z.object({
  /** Words, all of which must occur: rescue or registration code, address, unit, device id. */
  query: optional(z.string().max(200)),
  kind: optional(kindSchema),
  siteId: optional(idSchema),
  limit: optional(z.coerce.number().int().min(1).max(1000)),
  /** `nextCursor` of the page before. */
  cursor: optional(idSchema),
})
const defaultLimit = 200
const tags = ['devices']

/** Finding, entering and removing devices. */
export function deviceRoutes({ http, db, bus, publisher, pseudonym, partitions, logger }: RegistryParts): void {
  const withPresence = async (devices: readonly Equipment[], user: SessionUser) => {
    const heard = await devicePresence(bus, partitions, devices, (partition, error) =>
      logger.debug({ err: error, partition }, 'no engine says who is heard'),
    )
    const viewer = { ...user, unitName: await nameOfUnit(db, user.unitId) }
    return devices.map((device) => deviceFor(viewer, device, pseudonym, heard.get(device.deviceId)))
  }

  http.get(
    '/api/v1/devices',
    {
      schema: {
        summary: 'Find devices by rescue code, registration code, address or unit',
        tags,
        querystring: searchSchema,
        response: { 200: z.object({ items: z.array(deviceSchema), nextCursor: z.string().optional() }) },
      },
    },
    async ({ query: { query, kind, siteId, limit = defaultLimit, cursor }, user }) => {
      const maintenanceUnit = user.role === 'maintenance' ? (user.unitId ?? '') : undefined
      const found = await searchEquipment(db, { query, kind, siteId, maintenanceUnit, after: cursor, limit: limit + 1 })
      const page = found.slice(0, limit)
      const last = page.at(-1)
      const items = await withPresence(page, user)
      return found.length > limit && last !== undefined ? { items, nextCursor: last.deviceId } : { items }
    },
  )

  http.get(
    '/api/v1/devices/:deviceId',
    { schema: { summary: 'A device', tags, params: deviceParams, response: { 200: deviceSchema } } },
    async ({ params: { deviceId }, user }) => {
      const equipment = await findEquipment(db, deviceId)
      const [device] = await withPresence(equipment !== undefined && maySee(user, equipment) ? [equipment] : [], user)
      if (device === undefined) throw notFound(`there is no device ${deviceId}`)
      return device
    },
  )

  http.put(
    '/api/v1/devices/:deviceId',
    {
      schema: {
        summary: 'Enter a device, or replace what is known of it',
        tags,
        params: deviceParams,
        body: equipmentSchema,
        response: { 200: deviceSchema, 201: deviceSchema },
      },
      config: { roles: ['administrator'] },
    },
    async ({ params: { deviceId }, body, user }, reply) => {
      const { created, gatewayIds } = await refusalsAsProblems(() => {
        if (body.deviceId === deviceId) return saveEquipment(db, body, actorOf(user), pseudonym)
        throw new EquipmentRefusedError([{ path: 'deviceId', message: `must be ${deviceId}, as in the address` }])
      })
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId, ...gatewayIds] })
      const [device] = await withPresence([body], user)
      return reply.code(created ? 201 : 200).send(device ?? deviceFor(user, body, pseudonym))
    },
  )

  http.delete(
    '/api/v1/devices/:deviceId',
    {
      schema: {
        summary: 'Remove a device and its credential',
        tags,
        params: deviceParams,
        response: { 204: z.null() },
      },
      config: { roles: ['administrator'] },
    },
    async ({ params: { deviceId }, user }, reply) => {
      const gatewayIds = await removeEquipment(db, deviceId, actorOf(user), pseudonym)
      if (gatewayIds === undefined) throw notFound(`there is no device ${deviceId}`)
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId, ...gatewayIds] })
      return reply.code(204).send(null)
    },
  )
}
