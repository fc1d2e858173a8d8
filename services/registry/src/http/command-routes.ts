import { randomUUID } from 'node:crypto'
import {
  type CommandOrder,
  commandOrderSchema,
  idSchema,
  maxCommandSeconds,
  maySee,
  type SessionUser,
} from '@lifeline/contracts'
import { notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { CommandRefusedError } from '../command/command-refused.ts'
import { enterCommand, findCommand, readCommands } from '../command/commands.ts'
import { findEquipment } from '../equipment/read-equipment.ts'
import { actorOf } from './actor.ts'
import { commandOf, commandSchema } from './command-view.ts'
import { deviceParams } from './device-routes.ts'
import { optional } from './optional-parameter.ts'
import type { RegistryParts } from './registry-api.ts'

const further = {
  /** After so many seconds it goes to nobody. */
  expiresInSeconds: z.int().min(1).max(maxCommandSeconds).optional(),
  /** For the audit. */
  why: z.string().min(1).max(200).optional(),
}
const [announce, setClock] = commandOrderSchema.options
const bodySchema = z.discriminatedUnion('name', [announce.extend(further), setClock.extend(further)])
const pageSchema = z.object({
  limit: optional(z.coerce.number().int().min(1).max(200)),
  /** `nextCursor` of the page before. */
  cursor: optional(z.coerce.number().int().min(1)),
})
const defaultLimit = 50
const path = '/api/v1/devices/:deviceId/commands'
const tags = ['commands']

/** Commands to devices, and what has become of them. */
export function commandRoutes({ http, db, commandPost, commandSeconds }: RegistryParts): void {
  const deviceFor = async (user: SessionUser, deviceId: string) => {
    const equipment = await findEquipment(db, deviceId)
    if (equipment === undefined || !maySee(user, equipment)) throw notFound(`there is no device ${deviceId}`)
    return equipment
  }

  http.post(
    path,
    {
      schema: {
        summary: 'Tell a device to do something, at once or as soon as it is there',
        tags,
        params: deviceParams,
        body: bodySchema,
        response: { 202: commandSchema },
      },
      config: { roles: ['dispatcher', 'supervisor', 'administrator', 'maintenance'] },
    },
    async ({ params: { deviceId }, body, user }, reply) => {
      const { expiresInSeconds = commandSeconds, why, ...order } = body
      const equipment = await deviceFor(user, deviceId)
      mustBeAllowed(user, order)
      const by = actorOf(user)
      const expiresAt = by.at + expiresInSeconds * 1_000
      const row = await refusalsAsProblems(() =>
        enterCommand(db, equipment, { id: randomUUID(), order, expiresAt, why }, by),
      )
      await commandPost.send(row)
      return reply.code(202).send(commandOf(row, by.at))
    },
  )

  http.get(
    path,
    {
      schema: {
        summary: 'Commands to a device, newest first',
        tags,
        params: deviceParams,
        querystring: pageSchema,
        response: { 200: z.object({ items: z.array(commandSchema), nextCursor: z.string().optional() }) },
      },
    },
    async ({ params: { deviceId }, query: { limit = defaultLimit, cursor }, user }) => {
      await deviceFor(user, deviceId)
      const rows = await readCommands(db, deviceId, limit + 1, cursor)
      const page = rows.slice(0, limit)
      const now = Date.now()
      const items = page.map((row) => commandOf(row, now))
      const last = page.at(-1)
      return rows.length > limit && last !== undefined ? { items, nextCursor: String(last.number) } : { items }
    },
  )

  http.get(
    `${path}/:commandId`,
    {
      schema: {
        summary: 'A command and what has become of it',
        tags,
        params: deviceParams.extend({ commandId: idSchema }),
        response: { 200: commandSchema },
      },
    },
    async ({ params: { deviceId, commandId }, user }) => {
      await deviceFor(user, deviceId)
      const row = await findCommand(db, deviceId, commandId)
      if (row === undefined) throw notFound(`${deviceId} has no command ${commandId}`)
      return commandOf(row, Date.now())
    },
  )
}

/** A clock is set by who runs the system or the device; the trapped are comforted by whoever helps them. */
function mustBeAllowed({ role }: SessionUser, { name }: CommandOrder): void {
  if (name === 'announce' || role === 'administrator' || role === 'maintenance') return
  throw new ProblemError(403, 'Not allowed', `role ${role} may not give ${name}; it needs administrator or maintenance`)
}

async function refusalsAsProblems<T>(enter: () => Promise<T>): Promise<T> {
  try {
    return await enter()
  } catch (error) {
    if (!(error instanceof CommandRefusedError)) throw error
    throw error.because === 'format'
      ? new ProblemError(422, 'No commands in this format', error.message)
      : new ProblemError(429, 'Too many commands wait', `${error.message}; wait until some are delivered or expire`)
  }
}
