import {
  largestPhoto,
  problemSchema,
  type RescuerAction,
  type RescuerBody,
  type RescuerView,
  rescuerActionSchemas,
  rescuerCookie,
  rescuerSecretSchema,
  rescuerViewSchema,
  type SessionUser,
} from '@lifeline/contracts'
import { type HttpServer, notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import type { Desk } from '../desk.ts'
import type { Directory } from '../directory.ts'
import type { PersonAction } from '../rescue/person-action.ts'
import { findCase } from '../store/case-query.ts'
import type { Db, Tx } from '../store/tables.ts'
import { crewReport, firstTime, keepCause, keepPhoto, keepPosition } from './crew-store.ts'
import { NotJpegError, pictureOf } from './jpeg.ts'
import { type LinkRefusal, linkFor, type RescuerLink } from './link-store.ts'
import { rescuerView } from './rescuer-view.ts'

const params = z.object({ token: rescuerSecretSchema })
const headers = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\w-]{8,64}$/, '8 to 64 letters, digits, "-" or "_", the same for each repetition'),
})
const tags = ['rescuer']
const response = { 200: rescuerViewSchema, '4xx': problemSchema }
/** The link is the sign-in. */
const config = { open: true }

const refusals: Record<LinkRefusal, ProblemError> = {
  unknown: new ProblemError(404, 'No such link', 'ask the desk for a new one'),
  expired: new ProblemError(410, 'Link expired', 'ask the desk for a new one'),
  other_browser: new ProblemError(403, 'Link in use elsewhere', 'the link was opened in another browser: ask the desk'),
}

export interface RescuerOptions {
  readonly http: HttpServer
  readonly db: Db
  readonly desk: Desk
  readonly directory: Directory
  /** Of the control room. */
  readonly deskPhone: string
  readonly now: () => number
}

/** What a crew does through the link it was sent: the desk's own actions, each at most once by its key. */
export function serveRescuers({ http, db, desk, directory, deskPhone, now }: RescuerOptions): void {
  http.addContentTypeParser('image/jpeg', { parseAs: 'buffer', bodyLimit: largestPhoto }, (_request, body, done) =>
    done(null, body),
  )

  http.post('/api/v1/rescuer/:token/open', { schema: { tags, params, response }, config }, async (request) =>
    view(await linkOf(request, true)),
  )
  http.get('/api/v1/rescuer/:token', { schema: { tags, params, response }, config }, async (request) =>
    view(await linkOf(request, false)),
  )
  for (const action of Object.keys(rescuerActionSchemas) as RescuerAction[]) {
    http.post(
      `/api/v1/rescuer/:token/${action}`,
      { schema: { tags, params, headers, body: rescuerActionSchemas[action], response }, config },
      async (request) => {
        const link = await linkOf(request, false)
        await act(link, request.headers['idempotency-key'], action, request.body)
        return view(link)
      },
    )
  }
  http.post(
    '/api/v1/rescuer/:token/photo',
    { schema: { tags, params, headers, consumes: ['image/jpeg'], response }, config },
    async (request) => {
      const link = await linkOf(request, false)
      const jpeg = pictureIn(request.body)
      const note = { action: 'note', body: { text: '现场照片 / photo' } } as const
      await once(link, request.headers['idempotency-key'], note, (tx) => keepPhoto(tx, link, jpeg, now()))
      return view(link)
    },
  )

  type FromCrew = { readonly params: { readonly token: string }; readonly cookies: Record<string, string | undefined> }
  async function linkOf({ params: { token }, cookies }: FromCrew, open: boolean): Promise<RescuerLink> {
    const browser = rescuerSecretSchema.safeParse(cookies[rescuerCookie])
    if (!browser.success) throw new ProblemError(403, 'No cookie', 'open the link in a browser that takes cookies')
    const link = await linkFor(db, token, browser.data, now(), open)
    if (typeof link === 'string') throw refusals[link]
    const outcome = (await findCase(db, link.case_id))?.view.outcome
    // What was found to be one event goes on as one.
    return outcome?.kind === 'merged' && outcome.intoId !== undefined ? { ...link, case_id: outcome.intoId } : link
  }

  async function act(link: RescuerLink, key: string, action: RescuerAction, body: unknown): Promise<void> {
    const { position } = body as RescuerBody<'depart'>
    const keep = async (tx: Tx) => {
      if (position !== undefined) await keepPosition(tx, link, position, now())
    }
    switch (action) {
      case 'accept':
        return once(link, key, { action, body: {} })
      case 'depart':
      case 'arrive':
        return once(link, key, { action, body: {} }, keep)
      case 'free':
        return once(link, key, { action, body: body as RescuerBody<'free'> })
      case 'position': {
        await db.transaction().execute(async (tx) => {
          if (await firstTime(tx, link, key, now())) await keep(tx)
        })
        return
      }
      case 'cause': {
        const found = body as RescuerBody<'cause'>
        const text = `原因初判 / cause: ${found.cause}${found.text === undefined ? '' : ` – ${found.text}`}`
        return once(link, key, { action: 'note', body: { text } }, (tx) => keepCause(tx, link, found, now()))
      }
    }
  }

  async function once(
    link: RescuerLink,
    key: string,
    command: PersonAction,
    also: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const { case_id, unit_id } = link
    const crew: SessionUser = { name: `crew ${unit_id}`, role: 'rescuer', unitId: unit_id }
    await desk.act(case_id, command, crew, async (tx) => {
      if (!(await firstTime(tx, link, key, now()))) return false
      await also(tx)
      return true
    })
  }

  async function view({ case_id, unit_id }: RescuerLink): Promise<RescuerView> {
    const found = await findCase(db, case_id)
    if (found === undefined) throw notFound(`no incident ${case_id}`)
    const { causes, photos } = await crewReport(db, case_id)
    const isMine = ({ unitId }: { readonly unitId: string }) => unitId === unit_id
    return rescuerView(found.rescue, {
      unitId: unit_id,
      equipment: directory.equipment(found.rescue.deviceId),
      units: directory.units,
      deskPhone,
      cause: causes.find(isMine)?.cause,
      photos: photos.filter(isMine).length,
    })
  }
}

function pictureIn(body: unknown): Uint8Array {
  if (!(body instanceof Uint8Array)) throw new ProblemError(415, 'Not a photo', 'send it as image/jpeg')
  try {
    return pictureOf(body)
  } catch (error) {
    if (error instanceof NotJpegError) throw new ProblemError(422, 'Invalid request', `photo: ${error.message}`)
    throw error
  }
}
