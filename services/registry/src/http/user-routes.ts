import { idSchema, roleSchema } from '@lifeline/contracts'
import { notFound, ProblemError } from '@lifeline/service-kit'
import { z } from 'zod'
import { allUsers, changeUser, enterUser, resetPassword } from '../accounts/users.ts'
import { actorOf } from './actor.ts'
import { refusalsAsProblems } from './refusals-as-problems.ts'
import type { RegistryParts } from './registry-api.ts'

/** As it is typed at every sign-in, and stands in every timeline. */
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'letters, digits, space, ".", "_", "-"')
const changeSchema = z.object({ role: roleSchema, unitId: idSchema.optional(), disabled: z.boolean().default(false) })
const userSchema = z.object({
  name: z.string(),
  role: roleSchema,
  unitId: z.string().optional(),
  disabled: z.boolean(),
})
const passwordSchema = z.object({ name: z.string(), password: z.string() })
const params = z.object({ name: nameSchema })
const path = '/api/v1/users'
const tags = ['users']
const config = { roles: ['administrator'] } as const

/**
 * Who may sign in. A password is made here, and its answer is the only place where it is ever seen; whoever is
 * disabled, changed or given a new one is signed out everywhere at once.
 */
export function userRoutes({ http, db, sessionEnds }: RegistryParts): void {
  http.get(
    path,
    { schema: { summary: 'Users', tags, response: { 200: z.object({ items: z.array(userSchema) }) } }, config },
    async () => ({ items: await allUsers(db) }),
  )

  http.post(
    path,
    {
      schema: {
        summary: 'Enter a user; answers the password, this once',
        tags,
        body: changeSchema.omit({ disabled: true }).extend({ name: nameSchema }),
        response: { 201: passwordSchema },
      },
      config,
    },
    async ({ body: { name, role, unitId }, user }, reply) => {
      const entered = { name, role, ...(unitId === undefined ? {} : { unitId }) }
      const password = await refusalsAsProblems(() => enterUser(db, entered, actorOf(user)))
      if (password === undefined) throw new ProblemError(409, 'Name taken', `there is a user ${name} already`)
      return reply.code(201).send({ name, password })
    },
  )

  http.put(
    `${path}/:name`,
    {
      schema: {
        summary: 'Change a user’s role or unit, disable or enable him',
        tags,
        params,
        body: changeSchema,
        response: { 200: userSchema },
      },
      config,
    },
    async ({ params: { name }, body: { role, unitId, disabled }, user }) => {
      const change = { role, disabled, ...(unitId === undefined ? {} : { unitId }) }
      const changed = await refusalsAsProblems(() => changeUser(db, name, change, actorOf(user)))
      if (changed === undefined) throw notFound(`there is no user ${name}`)
      // Now, not when it was asked for: a sign-in may have begun in between.
      await sessionEnds.tell({ user: name, at: Date.now() })
      return changed
    },
  )

  http.post(
    `${path}/:name/password`,
    {
      schema: {
        summary: 'Give a user a new password; answers it, this once',
        tags,
        params,
        response: { 201: passwordSchema },
      },
      config,
    },
    async ({ params: { name }, user }, reply) => {
      const password = await resetPassword(db, name, actorOf(user))
      if (password === undefined) throw notFound(`there is no user ${name}`)
      // Now, not when it was asked for: a sign-in may have begun in between.
      await sessionEnds.tell({ user: name, at: Date.now() })
      return reply.code(201).send({ name, password })
    },
  )
}
