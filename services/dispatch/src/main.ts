import { runService } from '@lifeline/service-kit'
import { ChangeFeed } from './change-feed.ts'
import { serveChannels } from './channels/channel-routes.ts'
import { noteSilent } from './channels/note-silent.ts'
import { pushToPhones } from './channels/phone.ts'
import { runChannels } from './channels/run-channels.ts'
import { Doorbell } from './channels/work-queue.ts'
import { watchClocks } from './clock-worker.ts'
import { Desk } from './desk.ts'
import { Directory } from './directory.ts'
import { dispatchConfigSchema } from './dispatch-config.ts'
import { dispatchMetrics } from './dispatch-metrics.ts'
import { EventStream } from './event-stream.ts'
import { keepEvidence } from './evidence/evidence-worker.ts'
import { HistorianClient } from './evidence/historian-client.ts'
import { consumeIncidents } from './incident-consumer.ts'
import { serveLinkage } from './linkage/linkage-routes.ts'
import { runLinkage } from './linkage/run-linkage.ts'
import { serveTakeover } from './linkage/takeover-route.ts'
import { linkNats, type NatsLink } from './nats-link.ts'
import { openStore } from './open-store.ts'
import { serveCrews } from './rescuer/crew-routes.ts'
import { serveRescuers } from './rescuer/rescuer-routes.ts'
import { serveActions } from './routes/action-routes.ts'
import { serveCaseRecords } from './routes/case-record-routes.ts'
import { serveIncidents } from './routes/incident-routes.ts'
import { serveReports } from './routes/report-routes.ts'
import { serveRuleStatistics } from './routes/rule-statistics-route.ts'
import { serveSettings } from './routes/settings-routes.ts'
import { serveShifts } from './routes/shift-routes.ts'
import { serveStream } from './routes/stream-route.ts'

/** Without word from another process the feed looks by itself that often, ms. */
const lookEveryMs = 500

await runService('dispatch', dispatchConfigSchema, async ({ config, logger, health, metrics, http }) => {
  const { db, close } = await openStore(config, health, logger)
  const ending = new AbortController()
  const { signal } = ending
  const directory = new Directory()
  const feed = new ChangeFeed(db)
  const stream = new EventStream(db, feed)
  const meters = dispatchMetrics(metrics, db, () => stream.listeners)
  const [bell, outsideBell] = [new Doorbell(), new Doorbell()]
  let link: NatsLink | undefined
  const push = pushToPhones(() => link?.bus.connection)

  const look = (): void => {
    bell.ring()
    outsideBell.ring()
    feed.look().then(
      () => health.report('changes', undefined),
      (error: unknown) => health.report('changes', `cannot be read: ${String(error)}`),
    )
  }
  const desk = new Desk({
    db,
    directory,
    now: Date.now,
    onStep: (step) => {
      look()
      link?.tellOthers()
      meters.step(step)
    },
  })
  serveIncidents(http, db, desk, directory, Date.now)
  serveCaseRecords(http, db, Date.now, config.TIME_ZONE)
  serveActions(http, desk)
  serveSettings(http, db, Date.now)
  serveRuleStatistics(http, db)
  serveReports(http, db, Date.now, config.TIME_ZONE)
  serveShifts(http, db, Date.now)
  serveStream(http, stream)
  serveChannels(http, db, directory, { push, signal })
  serveRescuers({ http, db, desk, directory, deskPhone: config.DESK_PHONE, now: Date.now })
  serveLinkage(http, db, desk, config.SESSION_SECRET)
  serveTakeover(http, db, desk)
  serveCrews(http, db, config.PUBLIC_URL, Date.now)
  const evidence = config.HISTORIAN_URL === undefined ? Promise.resolve() : keepCurves(config.HISTORIAN_URL)
  await feed.start()
  stream.start()
  const looking = setInterval(look, lookEveryMs)

  // The desk answers from its database while NATS is away; it decides only when it knows whom it can send.
  const linked = linkNats(config, health, directory, http.endedSessions, look, signal).then(async (opened) => {
    link = opened
    const clocks = watchClocks({
      desk,
      now: Date.now,
      signal,
      onExpired: (lateMs) => meters.lateness.observe(lateMs / 1000),
      report: (reason) => health.report('clocks', reason),
      onFailed: (caseId, error) => logger.error({ err: error, caseId }, 'a clock’s step failed'),
    })
    const incidents = consumeIncidents({
      bus: opened.bus,
      signal,
      take: (event) => desk.takeIncident(event),
      onTaken: ({ id, type }, lagMs) => {
        meters.events.inc({ result: 'taken' })
        meters.lag.observe(lagMs / 1000)
        logger.info({ event: id, type, lagMs: Math.round(lagMs) }, 'incident taken')
      },
      onMalformed: (subject, error) => {
        meters.events.inc({ result: 'malformed' })
        logger.error({ err: error, subject }, 'no incident event: put aside')
      },
      onFailed: (subject, error) => {
        meters.events.inc({ result: 'failed' })
        logger.error({ err: error, subject }, 'incident not kept: it comes again')
      },
    })
    const channels = runChannels({
      db,
      directory,
      publicUrl: config.PUBLIC_URL,
      now: Date.now,
      signal,
      bell,
      push,
      health,
      metrics,
      logger,
      onSilent: (caseId, unitId) => noteSilent(desk, caseId, unitId),
    })
    const linkage = runLinkage({
      db,
      bus: opened.bus,
      desk,
      directory,
      publicUrl: config.PUBLIC_URL,
      sessionSecret: config.SESSION_SECRET,
      now: Date.now,
      signal,
      bell: outsideBell,
      health,
      logger,
    })
    await Promise.all([clocks, incidents, channels, linkage])
  })

  return async () => {
    ending.abort()
    clearInterval(looking)
    stream.stop()
    await evidence
    // A link that never stood has nothing to wait for.
    if (link !== undefined) {
      await linked
      await link.bus.close()
    }
    await close()
  }

  function keepCurves(url: string): Promise<void> {
    const historian = new HistorianClient(url, config.SESSION_SECRET)
    return keepEvidence({
      db,
      now: Date.now,
      signal,
      read: (task, ending) => historian.read(task, ending),
      onFailed: ({ caseId, attempts }, error) => logger.warn({ err: error, caseId, attempts }, 'no curve yet'),
      report: (reason) => health.report('evidence', reason),
    })
  }
})
