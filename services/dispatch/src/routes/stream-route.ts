import { problemSchema } from '@lifeline/contracts'
import type { HttpServer } from '@lifeline/service-kit'
import { z } from 'zod'
import { sightOf } from '../access.ts'
import type { EventStream } from '../event-stream.ts'

/** Sent by a browser that comes back: the id of the event it saw last. */
const streamHeaders = z.object({ 'last-event-id': z.coerce.number().int().min(0).optional() })

export function serveStream(http: HttpServer, stream: EventStream): void {
  http.get(
    '/api/v1/stream',
    {
      schema: {
        headers: streamHeaders,
        response: {
          200: z.string().describe('text/event-stream; `event: incident`, data: the case after a change'),
          '4xx': problemSchema,
        },
      },
    },
    async ({ headers, user }, reply) => {
      reply.hijack()
      await stream.serve(reply.raw, sightOf(user), headers['last-event-id'])
    },
  )
}
