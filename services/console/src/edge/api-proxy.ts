import { fastifyHttpProxy } from '@fastify/http-proxy'
import { ProblemError } from '@lifeline/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { serviceOf } from './api-route.ts'
import type { UpstreamName, Upstreams } from './upstream.ts'

/** No request but a stream may keep a service busy for longer, ms. */
const headersLimitMs = 15_000

/** Hands `/api/v1/**` to the service that answers it. A service that is down is a 503 problem, a slow one a 504. */
export async function proxyApi(server: FastifyInstance, upstreams: Upstreams): Promise<void> {
  await server.register(fastifyHttpProxy, {
    upstream: '',
    prefix: '/api/v1',
    rewritePrefix: '/api/v1',
    // An event stream may be silent for as long as nothing happens.
    undici: { headersTimeout: headersLimitMs, bodyTimeout: 0 },
    disableRequestLogging: true,
    // Streams must not keep the server open when it closes.
    destroyAgent: true,
    preHandler: (request, reply, done) => {
      reply.header('cache-control', 'no-store')
      done(targetOf(request) === undefined ? noSuchPath(request) : undefined)
    },
    replyOptions: {
      getUpstream: (request) => upstreams[target(request)],
      rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-forwarded-for': request.ip }),
      retryDelay: () => null,
      onResponse: (_request, reply, response) => {
        const { stream, headers } = response as unknown as { stream: NodeJS.ReadableStream; headers: Headers }
        reply.send(stream)
        // Whoever opens a stream learns at once that it stands, not with the first event.
        if (isEventStream(headers) && 'flushHeaders' in reply.raw) reply.raw.flushHeaders()
      },
      onError: (reply, { error }) => {
        reply.send(problemOf(target(reply.request), error))
      },
    },
  })
}

type Headers = Readonly<Record<string, string | undefined>>
const isEventStream = (headers: Headers): boolean => headers['content-type']?.startsWith('text/event-stream') === true

const pathOf = ({ url }: { url: string }): string => url.split('?', 1)[0] ?? ''
const targetOf = (request: { url: string }): UpstreamName | undefined => serviceOf(pathOf(request))
const noSuchPath = (request: FastifyRequest): ProblemError =>
  new ProblemError(404, 'Not found', `no ${request.method} ${pathOf(request)}`)

function target(request: { url: string }): UpstreamName {
  const name = targetOf(request)
  if (name === undefined) throw new TypeError(`no service answers ${request.url}`)
  return name
}

function problemOf(name: UpstreamName, error: Error): ProblemError {
  const late = 'statusCode' in error && error.statusCode === 504
  return late
    ? new ProblemError(504, 'Service too slow', `${name} did not answer in ${headersLimitMs / 1000} s; try again`)
    : new ProblemError(503, 'Service unavailable', `${name} cannot be reached; it is restarted by itself, try again`)
}
