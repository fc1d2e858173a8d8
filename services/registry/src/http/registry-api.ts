import type { Bus } from '@lifeline/bus'
import type { HttpServer, Logger } from '@lifeline/service-kit'
import type { SessionEnds } from '../accounts/session-ends.ts'
import type { CommandPost } from '../command/command-post.ts'
import type { RegistryDb } from '../database/registry-db.ts'
import type { OidcConfig } from '../oidc/oidc-config.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { auditRoutes } from './audit-routes.ts'
import { commandRoutes } from './command-routes.ts'
import { credentialRoutes } from './credential-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { kindSettingsRoutes } from './kind-settings-routes.ts'
import { oidcRoutes } from './oidc-routes.ts'
import { phoneRoutes } from './phone-routes.ts'
import { quarantineRoutes } from './quarantine-routes.ts'
import { ruleRoutes } from './rule-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { unitRoutes } from './unit-routes.ts'
import { userRoutes } from './user-routes.ts'

/** What the routes work with. */
export interface RegistryParts {
  readonly http: HttpServer
  readonly db: RegistryDb
  readonly bus: Bus
  readonly publisher: Publisher
  readonly sessionEnds: SessionEnds
  readonly commandPost: CommandPost
  /** How long a command lives where its giver does not say, s. */
  readonly commandSeconds: number
  /** What is shown of an operator's card to who may not see it. */
  readonly pseudonym: (token: string) => string
  readonly partitions: number
  readonly sessionSecret: string
  /** The identity provider, where there is one beside the local accounts. */
  readonly oidc: OidcConfig | undefined
  /** Where people's browsers reach the console. */
  readonly publicUrl: string
  readonly logger: Logger
}

/** The registry's part of `/api/v1`. */
export function registryApi(parts: RegistryParts): void {
  sessionRoutes(parts)
  oidcRoutes(parts)
  userRoutes(parts)
  deviceRoutes(parts)
  settingsRoutes(parts)
  kindSettingsRoutes(parts)
  credentialRoutes(parts)
  commandRoutes(parts)
  auditRoutes(parts)
  unitRoutes(parts)
  phoneRoutes(parts)
  ruleRoutes(parts)
  quarantineRoutes(parts)
}
