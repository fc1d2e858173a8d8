import { z } from 'zod'
import { idSchema } from './identifiers.ts'

/** Shortest interval of scheduled tests, s: each test is a message to somebody. */
export const shortestTestSeconds = 10

/** Where a webhook goes: only where an administrator says. */
export const webhookUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).hash === ''), {
    error: 'without a user name and without #',
  })
/** Never given out again. */
export const webhookSecretSchema = z.string().min(32, 'at least 32 characters').max(200)
const address = z.string().trim().min(1).max(200)

const common = {
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean().default(true),
  timeoutSeconds: z
    .number()
    .min(0.1)
    .max(30)
    .default(5)
    .describe('s. Without an answer by then the next channel is tried. Source: practice'),
  testAddress: address.optional().describe('whom a contact test is sent to; without it the channel cannot be tested'),
  testEverySeconds: z.number().min(shortestTestSeconds).max(31_536_000).optional().describe('s. Absent: no schedule'),
}

const webhook = { kind: z.literal('webhook'), url: webhookUrlSchema }
const email = {
  kind: z.literal('email'),
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535).default(587),
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  from: z.email(),
  user: z.string().max(200).optional(),
}
/** Rescuers' phones at the gateway; a contact's address is the phone's id, as the registry gave it. */
const mqtt = { kind: z.literal('mqtt') }

/** What an administrator sets of a channel; a secret or password that is left out stays as it was. */
export const channelChangeSchema = z
  .discriminatedUnion('kind', [
    z.object({ ...common, ...webhook, secret: webhookSecretSchema.optional() }),
    z.object({ ...common, ...email, password: z.string().min(1).max(500).optional() }),
    z.object({ ...common, ...mqtt }),
  ])
  .refine(({ testEverySeconds, testAddress }) => testEverySeconds === undefined || testAddress !== undefined, {
    error: 'a schedule of tests needs testAddress',
    path: ['testAddress'],
  })
export type ChannelChange = z.infer<typeof channelChangeSchema>

export const channelTestSchema = z.object({
  at: z.number().describe('ms since the Unix epoch'),
  by: z.string().describe('user, or `system` for the schedule'),
  ok: z.boolean(),
  durationMs: z.number(),
  error: z.string().optional(),
})
export type ChannelTest = z.infer<typeof channelTestSchema>

const shown = {
  id: idSchema,
  healthy: z.boolean().describe('false: its last test failed, so it is tried after the others'),
  lastTest: channelTestSchema.optional(),
}

/** A channel as people are shown it: no secret, and no query of its URL, where some gateways have a key. */
export const channelSchema = z.discriminatedUnion('kind', [
  z.object({ ...shown, ...common, ...webhook }),
  z.object({ ...shown, ...common, ...email }),
  z.object({ ...shown, ...common, ...mqtt }),
])
export type NoticeChannel = z.infer<typeof channelSchema>

/** One way to reach a unit: through which channel, and under which number, user id, mail address or phone's id there. */
export const unitContactSchema = z.object({ channel: idSchema, address })
export type UnitContact = z.infer<typeof unitContactSchema>

/** How a unit is reached, in the order in which it is tried. */
export const unitContactsSchema = z.object({ unitId: idSchema, contacts: z.array(unitContactSchema).max(20) })
export type UnitContacts = z.infer<typeof unitContactsSchema>

/** One attempt to tell a unit, or why there was none. */
export const deliverySchema = z.object({
  noticeId: z.number(),
  at: z.number().describe('ms since the Unix epoch'),
  unitId: z.string(),
  channel: z.string().optional(),
  result: z
    .enum(['under_way', 'sent', 'failed', 'refused', 'not_sent'])
    .describe('`refused`: the gateway will never take it; `under_way`: begun, no answer seen'),
  durationMs: z.number().optional(),
  error: z.string().optional().describe('why it failed, or was not sent'),
})
export type Delivery = z.infer<typeof deliverySchema>
