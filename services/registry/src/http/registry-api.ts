import type { Bus } from '@lifeline/bus'
import type { HttpServer, Logger } from '@lifeline/service-kit'
import type { RegistryDb } from '../database/registry-db.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { credentialRoutes } from './credential-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { kindSettingsRoutes } from './kind-settings-routes.ts'
import { ruleRoutes } from './rule-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { unitRoutes } from './unit-routes.ts'

/** What the routes work with. */
export interface RegistryParts {
  readonly http: HttpServer
  readonly db: RegistryDb
  readonly bus: Bus
  readonly publisher: Publisher
  readonly partitions: number
  readonly sessionSecret: string
  readonly logger: Logger
}

/** The registry's part of `/api/v1`. */
export function registryApi(parts: RegistryParts): void {
  sessionRoutes(parts)
  deviceRoutes(parts)
  settingsRoutes(parts)
  kindSettingsRoutes(parts)
  credentialRoutes(parts)
  unitRoutes(parts)
  ruleRoutes(parts)
}
