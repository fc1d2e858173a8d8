import { type Action, actionSchemas, problemSchema, rescueCaseSchema } from '@lifeline/contracts'
import type { HttpServer } from '@lifeline/service-kit'
import { rolesFor } from '../access.ts'
import type { Desk } from '../desk.ts'
import type { PersonAction } from '../rescue/person-action.ts'
import { caseParams } from './case-params.ts'

/** `POST /api/v1/incidents/{id}/{action}` for every action; each answers the case after it. */
export function serveActions(http: HttpServer, desk: Desk): void {
  takeEmptyBodies(http)
  for (const action of Object.keys(actionSchemas) as Action[]) {
    http.post(
      `/api/v1/incidents/:id/${action}`,
      {
        schema: {
          params: caseParams,
          body: actionSchemas[action],
          response: { 200: rescueCaseSchema, '4xx': problemSchema },
        },
        config: { roles: rolesFor(action) },
        preValidation: async (request) => {
          request.body ??= {}
        },
      },
      ({ params, body, user }) => desk.act(params.id, { action, body } as PersonAction, user),
    )
  }
}

/** Some actions say by their name all there is to say; then a body may be missing though its type is given. */
function takeEmptyBodies(http: HttpServer): void {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body, done)
  })
}
