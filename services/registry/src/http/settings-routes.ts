import { ruleSettingsSchema } from '@lifeline/contracts'
import { effectiveSettings } from '@lifeline/rules'
import { notFound } from '@lifeline/service-kit'
import { changeSettings } from '../equipment/change-settings.ts'
import { findEquipment } from '../equipment/read-equipment.ts'
import { deviceParams } from './device-routes.ts'
import { maySee } from './device-view.ts'
import { refusalsAsProblems } from './refusals-as-problems.ts'
import type { RegistryParts } from './registry-api.ts'

const path = '/api/v1/devices/:deviceId/settings'
const tags = ['settings']

/** A device's settings of the rules: `{ "{rule}": { "{setting}": value } }`. */
export function settingsRoutes({ http, db, publisher }: RegistryParts): void {
  http.get(
    path,
    { schema: { summary: 'Settings in force', tags, params: deviceParams, response: { 200: ruleSettingsSchema } } },
    async ({ params: { deviceId }, user }) => {
      const equipment = await findEquipment(db, deviceId)
      if (equipment === undefined || !maySee(user, equipment)) throw notFound(`there is no device ${deviceId}`)
      return effectiveSettings(equipment)
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
      const equipment = await refusalsAsProblems(() =>
        changeSettings(db, deviceId, body, { name: user.name, at: Date.now() }),
      )
      if (equipment === undefined) throw notFound(`there is no device ${deviceId}`)
      await publisher.changed({ deviceIds: [deviceId], usernames: [deviceId] })
      return effectiveSettings(equipment)
    },
  )
}
