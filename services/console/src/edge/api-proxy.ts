import { type FastifyHttpProxyOptions, fastifyHttpProxy } from '@fastify/http-proxy'
import { ProblemError } from '@lifeline/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { serviceOf } from './api-route.ts'
import type { LiveUpstream } from './live-upstream.ts'
import type { UpstreamInstance } from './upstream.ts'

/** No request but a stream may keep a service busy for longer, ms. */
const headersLimitMs = 15_000

/**
 * Hands `/api/v1/**` to an instance of the service that answers it. A service that is down is a 503 problem, a slow one
 * a 504. Where an instance fails in the middle, what only reads is asked of another one; what changes something may
 * have been done, and whoever asked for it decides.
 */
export async function proxyApi(server: FastifyInstance, live: LiveUpstream): Promise<void> {
  const chosen = new WeakMap<object, UpstreamInstance>()
  const retried = new WeakSet<object>()
  const failed = async (reply: Reply, error: Error): Promise<void> => {
    const { request } = reply
    const instance = chosen.get(request)
    if (instance !== undefined && onlyReads(request) && !retried.has(request)) {
      retried.add(request)
      const other = await live.choose(instance.service, instance)
      if (other.name !== instance.name) {
        chosen.set(request, other)
        reply.from(undefined, replyOptions)
        return
      }
    }
    reply.send(problemOf(instance?.name ?? 'service', error))
  }
  const replyOptions: ReplyOptions = {
    getUpstream: (request) => chosen.get(request)?.url ?? '',
    rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-forwarded-for': request.ip }),
    retryDelay: () => null,
    onResponse: (_request, reply, response) => {
      const { stream, headers } = response as unknown as { stream: NodeJS.ReadableStream; headers: Headers }
      reply.send(stream)
      // Whoever opens a stream learns at once that it stands, not with the first event.
      if (isEventStream(headers) && 'flushHeaders' in reply.raw) reply.raw.flushHeaders()
    },
    onError: (reply, { error }) => {
      failed(reply, error).catch((reason: unknown) => reply.send(reason))
    },
  }
  await server.register(fastifyHttpProxy, {
    upstream: '',
    prefix: '/api/v1',
    rewritePrefix: '/api/v1',
    // An event stream may be silent for as long as nothing happens, and each takes a connection for itself: with the
    // usual limit of 128 the 129th console would wait for ever, and every other request behind it.
    undici: { headersTimeout: headersLimitMs, bodyTimeout: 0, connections: null },
    disableRequestLogging: true,
    // Streams must not keep the server open when it closes.
    destroyAgent: true,
    preHandler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      refuseTooLong(request)
      const service = serviceOf(pathOf(request))
      if (service === undefined) throw new ProblemError(404, 'Not found', `no ${request.method} ${pathOf(request)}`)
      chosen.set(request, await live.choose(service))
    },
    replyOptions,
  })
}

type ReplyOptions = NonNullable<FastifyHttpProxyOptions['replyOptions']>
type Reply = Parameters<NonNullable<ReplyOptions['onError']>>[0]
type Headers = Readonly<Record<string, string | undefined>>
const isEventStream = (headers: Headers): boolean => headers['content-type']?.startsWith('text/event-stream') === true

/** A service would close the connection on it while it is still being handed on, and its answer would be lost. */
function refuseTooLong({ headers, server }: FastifyRequest): void {
  const { bodyLimit = 0 } = server.initialConfig
  if (Number(headers['content-length'] ?? 0) <= bodyLimit) return
  throw new ProblemError(413, 'Request body is too large', `at most ${bodyLimit} bytes are taken`)
}

const pathOf = ({ url }: { url: string }): string => url.split('?', 1)[0] ?? ''
const onlyReads = ({ method }: { method: string }): boolean => method === 'GET' || method === 'HEAD'

function problemOf(name: string, error: Error): ProblemError {
  const late = 'statusCode' in error && error.statusCode === 504
  return late
    ? new ProblemError(504, 'Service too slow', `${name} did not answer in ${headersLimitMs / 1000} s; try again`)
    : new ProblemError(503, 'Service unavailable', `${name} cannot be reached; it is restarted by itself, try again`)
}
