import { join } from 'node:path'
import { buildConsole } from './build-console.ts'
import { systemFolders } from './find-program.ts'
import { findServers } from './find-servers.ts'
import { healthOf } from './health-of.ts'
import { reachableHost } from './host-in-url.ts'
import { influxServer } from './influx-server.ts'
import { natsServer } from './nats-server.ts'
import { certificatesFolder, ownHosts, serverCertificate } from './server-certificate.ts'
import { serverSpec } from './server-spec.ts'
import { type ServicePlace, serviceSpec, simulatorsSpec } from './service-specs.ts'
import { sessionSecret } from './session-secret.ts'
import type { Supervisor } from './supervisor.ts'
import { waitUntil } from './wait-until.ts'

const remindEveryMs = 5_000

export interface Undertaking extends Omit<ServicePlace, 'sessionSecret' | 'certificates'> {
  readonly supervisor: Supervisor
  readonly buildConsole: boolean
  readonly say: (line: string) => void
}

/**
 * Starts everything in order, what can go side by side side by side, and resolves when all of it can work.
 * Where it throws, no step goes on, but started processes still run: the supervisor ends them.
 */
export async function bringUp(undertaking: Undertaking, ended: AbortSignal): Promise<void> {
  const { config, urls, supervisor, say } = undertaking
  const failed = new AbortController()
  const signal = AbortSignal.any([ended, failed.signal])
  const steps = [startServers(undertaking, signal), undertaking.buildConsole ? build(say, signal) : Promise.resolve()]
  try {
    const [servers, built] = steps
    const place: ServicePlace = {
      ...undertaking,
      sessionSecret: sessionSecret(config.dataDir),
      certificates: await brokerCertificates(undertaking),
    }
    // Whichever step fails first ends the waiting for the other.
    await Promise.race([servers, Promise.all(steps)])
    const { instances } = place
    for (const instance of instances) {
      if (instance.service !== 'console') supervisor.start(serviceSpec(instance, place))
    }
    say('services started')
    await built
    for (const instance of instances) {
      if (instance.service === 'console') supervisor.start(serviceSpec(instance, place))
    }
    if (config.simulators) {
      // They sign in with what the registry writes and the gateway checks.
      for (const { service, name, url } of instances) {
        if (service === 'registry' || service === 'gateway') await waitUntilHealthy(name, url, say, signal)
      }
      supervisor.start(simulatorsSpec(place))
      say('simulators started')
    }
    await waitUntilHealthy('the whole', urls.http, say, signal)
  } catch (error) {
    failed.abort(error)
    await Promise.allSettled(steps)
    throw error
  }
}

/** The operator's own, or ours. */
async function brokerCertificates({ config, env }: Undertaking): Promise<ServicePlace['certificates']> {
  const { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, TLS_CA_FILE: authority } = env
  if (certificate && key && authority) return { certificate, key, authority }
  return serverCertificate(certificatesFolder(config.dataDir), ownHosts(config.bind))
}

async function startServers(undertaking: Undertaking, signal: AbortSignal): Promise<void> {
  const { config, supervisor, say } = undertaking
  const { bind, dataDir, natsUrl, influxUrl, ports } = config
  const given = { nats: natsUrl, influx: influxUrl }
  const wanted = [natsServer, influxServer].filter(({ name }) => given[name] === undefined)
  const found = await findServers(wanted, systemFolders(), say, signal)
  signal.throwIfAborted()
  for (const { server, source } of found) {
    const place = { folder: join(dataDir, server.name), host: bind, port: ports[server.name] }
    supervisor.start(serverSpec(server, source, place))
  }
  for (const { server, source } of found) {
    const port = ports[server.name]
    await waitUntil(() => server.answers(reachableHost(bind), port), signal)
    const from = source.kind === 'image' ? `the Docker image ${server.image}` : `${source.version}, ${source.path}`
    say(`${server.program} answers on port ${port} (${from})`)
  }
}

async function build(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  await buildConsole(signal)
  say('console built')
}

async function waitUntilHealthy(
  name: string,
  url: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let remindAt = performance.now() + remindEveryMs
  await waitUntil(async () => {
    const reasons = await healthOf(url)
    if (reasons.length > 0 && performance.now() > remindAt) {
      remindAt = performance.now() + remindEveryMs
      say(`waiting for ${name}: ${reasons.join('; ')}`)
    }
    return reasons.length === 0
  }, signal)
}
