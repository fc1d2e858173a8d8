import { join } from 'node:path'
import { connectBus, openStreams, retrying } from '@lifeline/bus'
import { DatabaseUnreachableError, openDatabase, watchDatabase } from '@lifeline/database'
import { isOperatorPseudonym, operatorPseudonym, privacyKey, runService } from '@lifeline/service-kit'
import { SessionEnds } from './accounts/session-ends.ts'
import { CommandPost } from './command/command-post.ts'
import { migrations } from './database/migrations.ts'
import type { RegistryTables } from './database/tables.ts'
import { registryApi } from './http/registry-api.ts'
import { oidcConfig } from './oidc/oidc-config.ts'
import { EquipmentLog } from './publishing/equipment-log.ts'
import { openPublisher } from './publishing/publisher.ts'
import { QuarantineIndex } from './quarantine/quarantine-index.ts'
import { registryConfigSchema } from './registry-config.ts'
import { nameAuthority } from './seed/credentials-file.ts'
import { demoDistrict } from './seed/demo-district.ts'
import { demoUsers } from './seed/demo-users.ts'
import { seedDistrict } from './seed/seed-district.ts'

await runService('registry', registryConfigSchema, async ({ config, logger, health, http }) => {
  const database = await retrying(
    () =>
      openDatabase<RegistryTables>({
        folder: join(config.DATA_DIR, 'registry'),
        databaseUrl: config.DATABASE_URL,
        schema: 'registry',
        migrations,
        onLostConnection: (error) => logger.warn({ err: error }, 'a connection to the database is lost'),
      }),
    {
      giveUp: (error) => !(error instanceof DatabaseUnreachableError),
      onError: (error) => logger.warn({ err: error }, 'waiting for the database'),
    },
  )
  const { db } = database
  if (config.SEED === 'demo') {
    const credentialsFile = config.CREDENTIALS_FILE ?? join(config.DATA_DIR, 'credentials.json')
    const seeded = await seedDistrict(db, demoDistrict, demoUsers, credentialsFile, config.MQTT_CA_FILE)
    if (config.MQTT_CA_FILE !== undefined) await nameAuthority(credentialsFile, config.MQTT_CA_FILE)
    if (seeded) logger.info({ credentialsFile }, 'the demo district is entered')
  }

  const bus = await connectBus(config.NATS_URL, 'registry', (reason) => health.report('nats', reason))
  await openStreams(bus.connection, config.PARTITIONS)
  const onProgress = (trouble: unknown): void => {
    if (trouble !== undefined) logger.warn({ err: trouble }, 'trying to publish again')
    health.report('publishing', trouble === undefined ? undefined : 'a change is stored but not published yet')
  }
  const log = new EquipmentLog(bus, config.PARTITIONS, onProgress)
  const hash = operatorPseudonym(privacyKey(config))
  // One who is entered by pseudonym, as where the card is an identity number that nobody should type, stays as he is.
  const pseudonym = (token: string): string => (isOperatorPseudonym(token) ? token : hash(token))
  const publisher = await openPublisher({ bus, db, log, pseudonym, onProgress })
  await publisher.start()
  const commandPost = new CommandPost(db, bus, (error) => logger.warn({ err: error }, 'commands: trying again'))
  await commandPost.start()
  const sessionEnds = new SessionEnds(db, bus, http.endedSessions)
  await sessionEnds.start()
  registryApi({
    http,
    db,
    bus,
    publisher,
    sessionEnds,
    commandPost,
    commandSeconds: config.COMMAND_SECONDS,
    pseudonym,
    partitions: config.PARTITIONS,
    sessionSecret: config.SESSION_SECRET,
    oidc: oidcConfig(config),
    publicUrl: config.PUBLIC_URL,
    logger,
  })

  const quarantine = new QuarantineIndex(db, bus, (error) => logger.warn({ err: error }, 'quarantine: trying again'))
  quarantine.start()

  const stopWatching = watchDatabase(database, (reason) => health.report('database', reason))
  return async () => {
    stopWatching()
    publisher.stop()
    commandPost.stop()
    sessionEnds.stop()
    quarantine.stop()
    await bus.close()
    await database.close()
  }
})
