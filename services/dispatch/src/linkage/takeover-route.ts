import { linkageTargetSchema, problemSchema, takeoverSchema } from '@lifeline/contracts'
import { type HttpServer, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { isSigned, signatureHeader } from '../channels/signature.ts'
import type { Desk } from '../desk.ts'
import { present } from '../present.ts'
import type { Db } from '../store/tables.ts'
import { actingAs, serviceName } from './acknowledge.ts'
import { findTarget } from './linkage-store.ts'

const targetHeader = 'lifeline-target'
const headers = z.object({ [targetHeader]: linkageTargetSchema, [signatureHeader]: z.string().max(200) })
const answer = z.object({ id: z.string(), opened: z.boolean().describe('false: it joined a case that was open') })

/**
 * Another service hands over what it was told, signed with the secret that both sides know: it opens or joins a case
 * just as a caller's report does.
 */
export function serveTakeover(http: HttpServer, db: Db, desk: Desk): void {
  const texts = new WeakMap<object, string>()
  http.register(async (plugin) => {
    const scope: HttpServer = plugin.withTypeProvider()
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
      // What is signed is the text, not what it means.
      texts.set(request, body)
      http.getDefaultJsonParser('error', 'error')(request, body, done)
    })
    scope.post(
      '/api/v1/linkage/takeover',
      {
        schema: {
          tags: ['linkage'],
          headers,
          body: takeoverSchema,
          response: { 200: answer, 201: answer, '4xx': problemSchema },
        },
        config: { open: true },
        preValidation: async (request) => {
          const target = linkageTargetSchema.safeParse(request.headers[targetHeader]).data
          const secret = target && (await findTarget(db, target))?.secret
          const signature = String(request.headers[signatureHeader] ?? '')
          if (secret === undefined || !isSigned(secret, signature, texts.get(request) ?? '', Date.now())) {
            throw new ProblemError(401, 'Not signed', `${targetHeader} and ${signatureHeader} do not fit the body`)
          }
        },
      },
      async (request, reply) => {
        const target = request.headers[targetHeader]
        const { reference, text, ...told } = request.body
        const known = await db
          .selectFrom('linkage_takeovers')
          .select('case_id')
          .where('target', '=', target)
          .where('reference', '=', reference)
          .executeTakeFirst()
        if (known !== undefined) return { id: known.case_id, opened: false }
        const from = `${serviceName[target]} ${reference}`
        const report = {
          ...present(told),
          rule: 'entrapment' as const,
          text: text === undefined ? from : `${from}: ${text}`,
        }
        const { opened, view } = await desk.takeReport(report, actingAs(target))
        await db
          .insertInto('linkage_takeovers')
          .values({ target, reference, case_id: view.id, at: Date.now() })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        return reply.code(opened ? 201 : 200).send({ id: view.id, opened })
      },
    )
  })
}
