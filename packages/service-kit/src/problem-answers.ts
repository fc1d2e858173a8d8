import type { Problem } from '@lifeline/contracts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { ProblemError } from './problem-error.ts'

/** Turns whatever a route throws, and unknown routes, into RFC 9457 problem details. */
export function answerWithProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) request.log.error({ err: error, url: loggable(request.url) }, 'request failed')
    return send(reply, request, problem)
  })
  server.setNotFoundHandler((request, reply) =>
    send(reply, request, {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: `no ${request.method} ${request.url.split('?')[0]}`,
    }),
  )
}

/** Answers in the same way what Fastify refuses before it looks for a route; its option `frameworkErrors`. */
export function answerRefusedUrl(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  send(reply, request, problemOf(error))
}

/** What Postgres says of a text that it cannot hold: one with a NUL in it or, as JSON, with half a surrogate pair. */
const unstorableText: ReadonlySet<string> = new Set(['22021', '22P05', '22P02'])

/** A rescuer's link signs in whoever has it, and what was searched for may be somebody's number: neither is logged. */
export const loggable = (url: string): string => url.replace(/\?.*/s, '').replace(/(\/rescuer|^\/r)\/[^/]+/, '$1/…')

function problemOf(error: FastifyError): Problem {
  if (error instanceof ProblemError) return error.problem
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.slice(1).replaceAll('/', '.'),
      message: message ?? 'invalid',
    }))
    const detail = errors.map(({ path, message }) => `${path || error.validationContext}: ${message}`).join('; ')
    return { type: 'about:blank', title: 'Invalid request', status: 422, detail, errors }
  }
  if (unstorableText.has(error.code)) {
    const detail = 'a text has a NUL or half a surrogate pair in it'
    return { type: 'about:blank', title: 'Invalid request', status: 422, detail }
  }
  const status = error.statusCode ?? 500
  // What went wrong inside is for the log, not for the caller.
  if (status >= 500) return { type: 'about:blank', title: 'Internal error', status }
  return { type: 'about:blank', title: error.message, status }
}

function send(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ ...problem, instance: request.url.split('?')[0] })
}
