import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connectBus, openBucket, openStreams } from '@lifeline/bus'
import { buckets, type Credential } from '@lifeline/contracts'
import type { Pseudonym } from '@lifeline/protocols'
import { operatorPseudonym, privacyKey, type ServiceContext, type Stop } from '@lifeline/service-kit'
import { createBroker } from './broker.ts'
import { CommandAnswers } from './command-answers.ts'
import { CommandCourier } from './command-courier.ts'
import { CommandStore } from './command-store.ts'
import { Directory } from './directory.ts'
import { externalBroker } from './external-broker.ts'
import { FrameDoor } from './frame-door.ts'
import { FrontDoor } from './front-door.ts'
import { type GatewayConfig, tlsFiles } from './gateway-config.ts'
import { exposeMetrics } from './gateway-metrics.ts'
import { Intake, type Tell } from './intake.ts'
import { admitInLaboratory } from './lab-client.ts'
import { listen, type Place } from './listen.ts'
import { listenTls } from './listen-tls.ts'
import { Log } from './log.ts'
import { MappingStore } from './mapping-store.ts'
import { tlsPeer } from './peer.ts'
import { type DownMessage, Peers } from './peers.ts'
import { PhoneCourier } from './phone-courier.ts'
import { Pressure } from './pressure.ts'
import { PublishCredit, PublishCredits } from './publish-credit.ts'
import { Quarantine } from './quarantine.ts'
import { Refusals } from './refusals.ts'
import { admitRegistered } from './registered-client.ts'
import { mirrorRegistry } from './registry-mirror.ts'
import { Replay } from './replay.ts'
import { Tally } from './tally.ts'
import { VendorIntake } from './vendor-intake.ts'

/** How long a stop waits for what was taken to be stored; a process has five seconds. */
const flushMs = 3_000
/** While NATS is away every partition fails every two seconds: that is one line. */
const retryLogMs = 10_000

/**
 * Opens the front door as soon as the registry is known. Before that nobody listens: every client tries again where
 * TCP refuses it, and some (mqtt.js among them) never do after a CONNACK that says no.
 */
export async function startGateway(context: ServiceContext<GatewayConfig>): Promise<Stop> {
  let close: Stop | undefined
  const pseudonym = operatorPseudonym(privacyKey(context.config))
  context.health.report('clients', 'not let in before the registry is known')
  // A failure that waiting cannot mend ends the process.
  void open(context, pseudonym).then((opened) => {
    close = opened
    context.health.report('clients', undefined)
  })
  return async () => close?.()
}

async function open(
  { config, logger, health, metrics }: ServiceContext<GatewayConfig>,
  pseudonym: Pseudonym,
): Promise<Stop> {
  const bus = await connectBus(config.NATS_URL, 'gateway', (reason) => health.report('nats', reason))
  await openStreams(bus.connection, config.PARTITIONS)

  let retriedAt = 0
  const onRetry = (error: unknown): void => {
    if (Date.now() - retriedAt < retryLogMs) return
    retriedAt = Date.now()
    logger.warn({ err: error }, 'not stored yet, tried again until it is')
  }
  const tally = new Tally()
  const refusals = new Refusals(tally, logger)
  const refuseConnection = (reason: string, client: string): void => refusals.connection(reason, client)
  const pressure = new Pressure(config.MAX_PENDING_BYTES)
  const credit = (): PublishCredit => new PublishCredit(config.MAX_PUBLISHES_PER_SECOND, config.PUBLISH_BURST_MS)
  const credits = new PublishCredits(credit)
  const directory = new Directory(config.PARTITIONS)
  const mappings = new MappingStore(config.MAPPINGS_DIR ?? join(config.DATA_DIR, 'mappings'), logger, (formats) =>
    directory.setFormats(formats),
  )
  mappings.expose(metrics)
  await mappings.start()
  const writer = randomUUID()
  const log = new Log(bus.connection, config.PARTITIONS, writer, onRetry)
  const quarantine = new Quarantine(bus.connection, writer, onRetry)
  const peers = new Peers(bus.connection, logger)
  const tellHere = ({ topic, payload, qos, retain }: DownMessage): void =>
    broker.publish({ cmd: 'publish', dup: false, topic, payload, qos, retain }, (error) => {
      if (error !== undefined && error !== null) logger.error({ err: error, topic }, 'not sent down')
    })
  const tellAll = (message: DownMessage): void => {
    tellHere(message)
    peers.sentDown(message)
  }
  const tell: Tell = (topic, payload, { retain }) => {
    // A status came up from there, or concerns a device that is connected here.
    if (!topic.endsWith('/status')) external?.publish(topic, payload)
    tellAll({ topic, payload, qos: 1, retain })
  }
  const intake = new Intake(log, quarantine, tally, tell, pseudonym)
  const vendorIntake = new VendorIntake(intake, pseudonym)
  const commandStore = new CommandStore(await openBucket(bus, buckets.commands), onRetry)
  const commandAnswers = new CommandAnswers(commandStore, intake)
  let stopping = false
  const broker = await createBroker({
    logger,
    maxQueuedMessages: config.MAX_QUEUED_MESSAGES,
    maxSubscriptions: config.MAX_SUBSCRIPTIONS,
    dropMessage: () => tally.droppedMessages++,
    subscribed: (link, client) => {
      courier.subscribed(link, client)
      phones.subscribed(link, client)
    },
  })
  const refuseFrame = (reason: string, client: string): void => refusals.frame(reason, client)
  const observeCommit = exposeMetrics(metrics, tally, pressure, () => door.connections)
  const uplinks = {
    directory,
    intake,
    vendorIntake,
    commandAnswers,
    credits,
    pressure,
    tally,
    observeCommit,
    refuseFrame,
  }
  const registered = admitRegistered({ ...uplinks, stopping: () => stopping })
  const external = externalBroker(config, {
    ...uplinks,
    logger,
    report: (reason) => health.report('external broker', reason),
  })
  const handOver = external?.hand.bind(external)
  const courier = new CommandCourier(commandStore, handOver, logger)
  courier.expose(metrics)
  const phones = new PhoneCourier(logger)
  const laboratory = config.GATEWAY_LAB === '1'
  if (laboratory) logger.warn(`LABORATORY MODE: anybody on ${config.BIND} is let in on all topics but the devices'`)
  const connectMs = config.CONNECT_SECONDS * 1_000
  const door = new FrontDoor(
    {
      admit: laboratory ? admitInLaboratory({ directory, registered, credit, broker: () => broker }) : registered,
      pressure,
      limits: {
        maxUnacknowledged: config.MAX_UNACKNOWLEDGED,
        maxBytes: config.MAX_CONNECTION_BYTES,
        maxControlBytes: config.MAX_CONTROL_BYTES,
        maxInflight: config.MAX_INFLIGHT,
        maxFilters: config.MAX_FILTERS,
        maxLevels: config.MAX_TOPIC_LEVELS,
        connectMs,
        maxSilenceMs: config.MAX_SILENCE_SECONDS * 1_000,
        stalledMs: config.STALLED_SECONDS * 1_000,
      },
      tellWill: tellAll,
      introduce: (link) => broker.handle(link),
      refuseFrame,
      refuseConnection,
    },
    {
      maxConnections: config.MAX_CONNECTIONS,
      maxPerAddress: config.MAX_CONNECTIONS_PER_ADDRESS,
      maxWebSocketFrame: config.MAX_WEBSOCKET_FRAME_BYTES,
      guesses: {
        freePair: config.FREE_GUESSES,
        freeUser: config.FREE_GUESSES_PER_USER,
        freeAddress: config.FREE_GUESSES_PER_ADDRESS,
        firstPauseMs: config.GUESS_PAUSE_MS,
        longestPauseMs: config.GUESS_LONGEST_PAUSE_MS,
      },
    },
    (clientId, at) => peers.signedIn(clientId, at),
  )
  const ending = new AbortController()
  const changed = ({ username, clientId }: Credential): void => {
    door.review(clientId)
    if (directory.credential(username)?.clientId !== clientId) door.forget(clientId)
  }
  await mirrorRegistry(bus, directory, changed, logger, ending.signal)
  await courier.start(bus, ending.signal)
  phones.start(bus.connection, ending.signal)
  peers.start({ signedIn: (clientId, at) => door.takenOver(clientId, at), sentDown: tellHere }, ending.signal)
  refusals.start()
  intake.unreadable.start()
  new Replay({ directory, intake, vendorIntake, pressure, logger }).start(bus.connection)
  log.startTicks()
  door.start()
  const place = (variable: 'MQTT_PORT' | 'MQTTS_PORT' | 'FRAMES_PORT', port: number): Place => ({
    host: config.BIND,
    port,
    shared: config.SHARE_PORTS === '1',
    variable,
  })
  const server = await listen(place('MQTT_PORT', config.MQTT_PORT), (socket) =>
    door.enter(socket, { address: socket.remoteAddress ?? 'unknown' }),
  )
  logger.info({ address: server.address() }, 'MQTT')
  external?.start()
  const frames = new FrameDoor({
    directory,
    vendorIntake,
    credits,
    pressure,
    maxBytes: config.MAX_CONNECTION_BYTES,
    silenceMs: config.MAX_FRAME_SILENCE_SECONDS * 1_000,
    refuseConnection,
  })
  if (config.FRAMES_PORT !== undefined) {
    const address = await frames.start(place('FRAMES_PORT', config.FRAMES_PORT), config.MAX_FRAME_CONNECTIONS)
    logger.info({ address }, 'frames over TCP')
  }
  const files = tlsFiles(config)
  const secure =
    files &&
    (await listenTls(place('MQTTS_PORT', config.MQTTS_PORT), files, connectMs, {
      enter: (socket) => {
        const peer = tlsPeer(socket)
        if (peer !== undefined) return door.enter(socket, peer)
        refuseConnection('certificate', socket.remoteAddress ?? 'unknown')
        socket.destroy()
      },
      refused: (address) => refuseConnection('tls', address),
      reloaded: (error) => {
        if (error === undefined) logger.info('certificates taken anew')
        else logger.warn({ err: error }, 'certificates not taken, the earlier ones stay')
      },
    }))
  logger.info({ address: secure?.server.address() ?? 'off, no certificate is set' }, 'MQTT over TLS')

  return async () => {
    stopping = true
    server.close()
    secure?.close()
    log.stopTicks()
    intake.unreadable.stop()
    mappings.stop()
    door.hold()
    frames.hold()
    external?.hold()
    await Promise.race([pressure.empty(), delay(flushMs)])
    door.stop()
    frames.stop()
    await external?.stop()
    refusals.stop()
    ending.abort()
    await new Promise<void>((resolve) => broker.close(resolve))
    await bus.close()
  }
}
