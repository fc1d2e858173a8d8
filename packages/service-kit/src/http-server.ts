import type { ServerResponse } from 'node:http'
import fastifyCookie from '@fastify/cookie'
import fastifySwagger from '@fastify/swagger'
import { roles as everyRole, type Role, type SessionUser } from '@lifeline/contracts'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
  type RouteOptions,
} from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import { EndedSessions } from './ended-sessions.ts'
import type { Health } from './health.ts'
import type { Logger } from './logger.ts'
import { answerRefusedUrl, answerWithProblems } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'
import { type Session, sessionCookie, verifySession } from './session-token.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set on every route under /api but the open ones. */
    user: SessionUser
    /** Which of the user's sessions it is. */
    sessionId: string
  }
  interface FastifyInstance {
    /** Refused from the moment they are added; their event streams are cut. */
    readonly endedSessions: EndedSessions
  }
  interface FastifyContextConfig {
    /** No sign-in needed. */
    open?: boolean
    /** Roles that may call it; any signed-in user where absent. */
    roles?: readonly Role[]
  }
}

export interface HttpServerOptions {
  readonly name: string
  readonly logger: Logger
  readonly health: Health
  readonly metrics: Registry
  /** Without it the server has no API, only health and metrics. */
  readonly sessionSecret?: string
}

/**
 * The HTTP side every service has: `/healthz`, `/metrics`, `/api/openapi.json`, sign-in by bearer token or cookie
 * on everything under `/api`, roles by route (`config: { roles }`), errors as RFC 9457 problem details.
 */
export async function createHttpServer(options: HttpServerOptions) {
  const { name, logger, health, metrics, sessionSecret } = options
  const server: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    bodyLimit: 1 << 20,
    frameworkErrors: answerRefusedUrl,
    // Behind the edge server on the same machine the caller is who it says.
    trustProxy: 'loopback',
  })
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  answerWithProblems(server)
  await server.register(fastifyCookie)
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `Lifeline ${name}`, version: '1' },
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
      security: [{ session: [] }],
    },
    transform: (document) => jsonSchemaTransform({ ...document, schema: withRoles(document) }),
  })

  server.get('/healthz', { schema: { hide: true } }, (_request, reply) => {
    const { reasons } = health
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ok: reasons.length === 0, reasons })
  })
  server.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )
  server.get('/api/openapi.json', { schema: { hide: true }, config: { open: true } }, () => server.swagger())

  const endedSessions = new EndedSessions()
  server.decorate('endedSessions', endedSessions)
  if (sessionSecret !== undefined) {
    const answering = new Map<ServerResponse, Session>()
    // What is still being answered is a stream: it would go on until its end, which it has none of.
    endedSessions.onEnd(() => {
      for (const [answer, session] of answering) {
        if (answer.headersSent && endedSessions.has(session)) answer.destroy()
      }
    })
    server.decorateRequest('user')
    server.decorateRequest('sessionId', '')
    server.addHook('onRequest', async (request, reply) => {
      const { open, roles } = request.routeOptions.config
      if (open === true || request.is404 || !request.url.startsWith('/api/')) return
      const session = await verifySession(sessionTokenOf(request), sessionSecret)
      if (session === undefined || endedSessions.has(session)) {
        throw new ProblemError(401, 'Sign in first', 'POST /api/v1/session gives a token')
      }
      const { user } = session
      if (roles !== undefined && !roles.includes(user.role)) {
        throw new ProblemError(403, 'Not allowed', `role ${user.role} may not do this; it needs ${roles.join(' or ')}`)
      }
      request.user = user
      request.sessionId = session.id
      answering.set(reply.raw, session)
      reply.raw.once('close', () => answering.delete(reply.raw))
    })
  }
  return server.withTypeProvider<ZodTypeProvider>()
}

/** The document tells of each operation who may call it: `x-roles`, or `x-open` where nobody has to sign in. */
function withRoles<S extends object | undefined>({ schema, route }: { schema: S; route: RouteOptions }): S {
  if (schema === undefined) return schema
  const { open, roles = everyRole } = route.config ?? {}
  return { ...schema, ...(open === true ? { 'x-open': true } : { 'x-roles': roles }) }
}

function sessionTokenOf(request: FastifyRequest): string {
  const { authorization } = request.headers
  if (authorization?.toLowerCase().startsWith('bearer ')) return authorization.slice(7).trim()
  return request.cookies[sessionCookie] ?? ''
}

/** A Fastify instance whose routes take zod schemas. */
export type HttpServer = Awaited<ReturnType<typeof createHttpServer>>
