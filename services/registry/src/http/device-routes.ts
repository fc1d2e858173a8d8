import { type Equipment, equipmentSchema, idSchema, kindSchema } from '@lifeline/contracts'
import { notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { removeEquipment, saveEquipment } from '../equipment/change-equipment.ts'
import { EquipmentRefusedError } from '../equipment/equipment-refused.ts'
import { findEquipment } from '../equipment/read-equipment.ts'
import { searchEquipment } from '../equipment/search-equipment.ts'
import { devicePresence } from './device-presence.ts'
import { deviceOf, deviceSchema, maySee } from './device-view.ts'
import { refusalsAsProblems } from './refusals-as-problems.ts'
import type { RegistryParts } from './registry-api.ts'

export const deviceParams = z.object({ deviceId: idSchema })
/** An empty parameter is as good as none. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
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
export function deviceRoutes({ http, db, bus, publisher, partitions, logger }: RegistryParts): void {
  const withPresence = async (devices: readonly Equipment[]) => {
    const heard = await devicePresence(bus, partitions, devices, (partition, error) =>
      logger.debug({ err: error, partition }, 'no engine says who is heard'),
    )
    return devices.map((device) => deviceOf(device, heard.get(device.deviceId)))
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
      const items = await withPresence(page)
      return found.length > limit && last !== undefined ? { items, nextCursor: last.deviceId } : { items }
    },
  )

  http.get(
    '/api/v1/devices/:deviceId',
    { schema: { summary: 'A device', tags, params: deviceParams, response: { 200: deviceSchema } } },
    async ({ params: { deviceId }, user }) => {
      const equipment = await findEquipment(db, deviceId)
      const [device] = await withPresence(equipment !== undefined && maySee(user, equipment) ? [equipment] : [])
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
        if (body.deviceId === deviceId) return saveEquipment(db, body, { name: user.name, at: Date.now() })
        throw new EquipmentRefusedError([{ path: 'deviceId', message: `must be ${deviceId}, as in the address` }])
      })
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId, ...gatewayIds] })
      const [device] = await withPresence([body])
      return reply.code(created ? 201 : 200).send(device ?? deviceOf(body))
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
    async ({ params: { deviceId } }, reply) => {
      const gatewayIds = await removeEquipment(db, deviceId)
      if (gatewayIds === undefined) throw notFound(`there is no device ${deviceId}`)
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId, ...gatewayIds] })
      return reply.code(204).send(null)
    },
  )
}
