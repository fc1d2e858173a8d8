import { type Equipment, maySee, ruleSettingsSchema } from '@lifeline/contracts'
import { effectiveSettings, mergeSettings } from '@lifeline/rules'
import { notFound } from '@lifeline/service-kit'
import { z } from 'zod'
import { readAudit } from '../audit/read-audit.ts'
import { changeSettings } from '../equipment/change-settings.ts'
import { auditName, readKindSettings } from '../equipment/kind-settings.ts'
import { findEquipment } from '../equipment/read-equipment.ts'
import { actorOf } from './actor.ts'
import { deviceParams } from './device-routes.ts'
import { refusalsAsProblems } from './refusals-as-problems.ts'
import type { RegistryParts } from './registry-api.ts'

const path = '/api/v1/devices/:deviceId/settings'
const tags = ['settings']
const changedSettingsSchema = z.object({ before: ruleSettingsSchema, after: ruleSettingsSchema })
const auditSchema = changedSettingsSchema.extend({
  /** The device's id, or its kind. */
  of: z.string(),
  /** ms since the Unix epoch. */
  at: z.number(),
  by: z.string(),
})

/** A device's settings of the rules: `{ "{rule}": { "{setting}": value } }`. */
export function settingsRoutes({ http, db, publisher }: RegistryParts): void {
  const inForce = async ({ kind, settings }: Equipment) =>
    effectiveSettings({ kind, settings: mergeSettings((await readKindSettings(db))[kind], settings) })

  http.get(
    path,
    { schema: { summary: 'Settings in force', tags, params: deviceParams, response: { 200: ruleSettingsSchema } } },
    async ({ params: { deviceId }, user }) => {
      const equipment = await findEquipment(db, deviceId)
      if (equipment === undefined || !maySee(user, equipment)) throw notFound(`there is no device ${deviceId}`)
      return inForce(equipment)
    },
  )

  http.get(
    `${path}/audit`,
    {
      schema: {
        summary: 'Who changed the settings of the device, or of its kind, when, from what to what; newest first',
        tags,
        params: deviceParams,
        response: { 200: z.object({ items: z.array(auditSchema) }) },
      },
      config: { roles: ['supervisor', 'administrator', 'regulator'] },
    },
    async ({ params: { deviceId } }) => {
      const equipment = await findEquipment(db, deviceId)
      if (equipment === undefined) throw notFound(`there is no device ${deviceId}`)
      const subjects = [deviceId, auditName(equipment.kind)]
      const rows = await readAudit(db, { subjects, what: 'settings.changed', limit: 500 })
      return {
        items: rows.map(({ subject, at, by, details }) => ({
          of: subject === deviceId ? deviceId : equipment.kind,
          at: Number(at),
          by,
          ...changedSettingsSchema.parse(details),
        })),
      }
    },
  )

  http.put(
    path,
    {
      schema: {
        summary: 'Change some settings; answers all in force',
        tags,
        params: deviceParams,
        body: ruleSettingsSchema,
        response: { 200: ruleSettingsSchema },
      },
      config: { roles: ['supervisor', 'administrator'] },
    },
    async ({ params: { deviceId }, body, user }) => {
      const equipment = await refusalsAsProblems(() => changeSettings(db, deviceId, body, actorOf(user)))
      if (equipment === undefined) throw notFound(`there is no device ${deviceId}`)
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId] })
      return inForce(equipment)
    },
  )
}
