import { z } from 'zod'
import { epochMsSchema, idSchema, kindSchema } from './identifiers.ts'

/** Longest life of a command, seconds: who was away for a day is not to be surprised by yesterday's. */
export const maxCommandSeconds = 24 * 3_600
/** How long the bucket keeps a command, ms: its life, and a day in which it may still be answered. */
export const commandKeptMs = 2 * maxCommandSeconds * 1_000

/** Comforts who is trapped: with a text, or with a message that the device knows by its id. */
export const announceArgsSchema = z
  .strictObject({
    text: z.string().min(1).max(500).optional(),
    messageId: idSchema.optional(),
    /** BCP 47, as `zh-CN`. */
    language: z
      .string()
      .max(35)
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'a language tag as zh-CN')
      .optional(),
  })
  .refine(({ text, messageId }) => (text === undefined) !== (messageId === undefined), {
    error: 'either a text or a messageId',
  })

/** Without a time it is the server's at the moment of delivery. */
export const setClockArgsSchema = z.strictObject({ time: epochMsSchema.optional() })

/** What a device can be told to do, with what it is told. */
export const commandOrderSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('announce'), args: announceArgsSchema }),
  z.object({ name: z.literal('set-clock'), args: setClockArgsSchema.default({}) }),
])
export type CommandOrder = z.infer<typeof commandOrderSchema>

/** A device's answer on its topic `command-ack`. */
export const commandAnswerSchema = z.object({
  id: idSchema,
  ok: z.boolean(),
  /** Why not. */
  reason: z.string().max(200).optional(),
})
export type CommandAnswer = z.infer<typeof commandAnswerSchema>

/** What has become of a command; each is told once, and the first word stands. Times in ms since the Unix epoch. */
export const commandFactsSchema = z.object({
  /** Given to somebody who does not say whether the device has it: a broker between, or a subscription at QoS 0. */
  handedAt: epochMsSchema.optional(),
  /** The device's PUBACK; its answer, where none was seen. */
  deliveredAt: epochMsSchema.optional(),
  answer: z.object({ at: epochMsSchema, ok: z.boolean(), reason: z.string().optional() }).optional(),
})
export type CommandFacts = z.infer<typeof commandFactsSchema>

/**
 * A command on its way, as it stands in the KV bucket `commands` (key: `commandKey`). The registry puts it there, the
 * gateway that has the device adds the facts.
 */
export const pendingCommandSchema = commandFactsSchema.extend({
  id: idSchema,
  kind: kindSchema,
  deviceId: idSchema,
  name: z.string(),
  args: z.record(z.string(), z.unknown()),
  /** It is never sent down from then on. */
  expiresAt: epochMsSchema,
})
export type PendingCommand = z.infer<typeof pendingCommandSchema>

export const commandKey = (deviceId: string, id: string): string => `${deviceId}.${id}`

export const commandStates = ['sent', 'delivered', 'done', 'failed', 'expired'] as const
export type CommandState = (typeof commandStates)[number]

/**
 * Where a command stands at `now`. Expired is what nobody has acknowledged in its time; should the word of one that was
 * on its way come late, that is what counts.
 */
export function commandState({ answer, deliveredAt }: CommandFacts, expiresAt: number, now: number): CommandState {
  if (answer !== undefined) return answer.ok ? 'done' : 'failed'
  if (deliveredAt !== undefined) return 'delivered'
  return now >= expiresAt ? 'expired' : 'sent'
}
