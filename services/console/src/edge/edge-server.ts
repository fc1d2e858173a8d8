import { answerRefusedUrl, answerWithProblems, type Logger, ProblemError, type Registry } from '@lifeline/service-kit'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import { proxyApi } from './api-proxy.ts'
import { summariseHealth } from './health-summary.ts'
import { LiveUpstream } from './live-upstream.ts'
import type { MapTiles } from './map-tiles.ts'
import { mergeMetrics } from './merged-metrics.ts'
import { mergeOpenApi, type OpenApiPart } from './merged-openapi.ts'
import { serveRescuerPage } from './rescuer-page.ts'
import { addSecurityHeaders } from './security-headers.ts'
import {
  askUpstream,
  instancesOf,
  type UpstreamInstance,
  type UpstreamName,
  UpstreamSilent,
  type Upstreams,
} from './upstream.ts'
import { serveWebApp } from './web-app.ts'

export interface EdgeOptions {
  readonly logger: Logger
  readonly upstreams: Upstreams
  /** The console's own metrics. */
  readonly metrics: Registry
  /** Where the built web app is. */
  readonly webFolder: string
  /** Of the map; without them it draws a graticule. */
  readonly mapTiles?: MapTiles
}

/** The services with an API. */
const apiServices = ['registry', 'historian', 'dispatch'] as const satisfies readonly UpstreamName[]

/** The one door of the product: the web app, `/api/**`, and the health and metrics of all services. */
export async function createEdgeServer(options: EdgeOptions): Promise<FastifyInstance> {
  const { logger, upstreams, metrics, webFolder, mapTiles } = options
  const server: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    bodyLimit: 1 << 20,
    frameworkErrors: answerRefusedUrl,
  })
  answerWithProblems(server)
  addSecurityHeaders(server)

  server.get('/healthz', async (_request, reply) => {
    const summary = await summariseHealth(upstreams)
    return reply
      .code(summary.ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(summary)
  })
  server.get('/metrics', async (_request, reply) => {
    const [own, ...others] = await Promise.all([
      metrics.metrics(),
      ...instancesOf(upstreams).map((instance) => metricsOf(instance)),
    ])
    return reply.type(metrics.contentType).send(mergeMetrics([{ service: 'console', text: own }, ...others]))
  })
  const live = new LiveUpstream(upstreams)
  server.get('/api/openapi.json', async () =>
    mergeOpenApi(await Promise.all(apiServices.map(async (name) => openApiOf(await live.choose(name))))),
  )
  await proxyApi(server, live)
  serveRescuerPage(server, webFolder)
  await serveWebApp(server, webFolder, mapTiles)
  return server
}

/** A service that is down says so in its metrics instead of spoiling everybody's. */
async function metricsOf(asked: UpstreamInstance) {
  const { service, name } = asked
  const origin = { service, ...(name === service ? {} : { instance: name }) }
  const up = (value: 0 | 1): string =>
    `# HELP lifeline_service_up Whether the service gave its metrics.\n# TYPE lifeline_service_up gauge\nlifeline_service_up ${value}\n`
  try {
    const { ok, body } = await askUpstream(asked, '/metrics')
    return { ...origin, text: ok ? `${body}\n${up(1)}` : up(0) }
  } catch (error) {
    if (error instanceof UpstreamSilent) return { ...origin, text: up(0) }
    throw error
  }
}

async function openApiOf(instance: UpstreamInstance): Promise<OpenApiPart> {
  try {
    const { ok, status, body } = await askUpstream(instance, '/api/openapi.json')
    if (ok) return JSON.parse(body) as OpenApiPart
    throw new ProblemError(503, 'Service unavailable', `${instance.name}: status ${status} for its API description`)
  } catch (error) {
    if (error instanceof UpstreamSilent) throw new ProblemError(503, 'Service unavailable', error.message)
    throw error
  }
}
