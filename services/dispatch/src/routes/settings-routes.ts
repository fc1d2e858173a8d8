import { dispatchSettingsSchema, problemSchema } from '@lifeline/contracts'
import type { HttpServer } from '@lifeline/service-kit'
import { z } from 'zod'
import { settingsRoles } from '../access.ts'
import { present } from '../present.ts'
import { changeSettings, currentSettings } from '../store/settings-store.ts'
import type { Db } from '../store/tables.ts'

/** Only what changes; a name that no setting has is refused, since a typing error would go unnoticed for a night. */
const changesSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(dispatchSettingsSchema.shape).map(([name, setting]) => [name, setting.unwrap().optional()]),
  ) as { [N in keyof typeof dispatchSettingsSchema.shape]: z.ZodOptional<z.ZodNumber> },
)

/** The desk's clocks. A change applies to the clocks that start after it; those that run keep their deadline. */
export function serveSettings(http: HttpServer, db: Db, now: () => number): void {
  http.get(
    '/api/v1/dispatch/settings',
    { schema: { response: { 200: dispatchSettingsSchema, '4xx': problemSchema } } },
    () => currentSettings(db),
  )
  http.put(
    '/api/v1/dispatch/settings',
    {
      schema: { body: changesSchema, response: { 200: dispatchSettingsSchema, '4xx': problemSchema } },
      config: { roles: settingsRoles },
    },
    ({ body, user }) => changeSettings(db, present(body), user.name, now()),
  )
}
