import { z } from 'zod'

/** Where a rescuer's phone hears what it is told; the only topic it may use. */
export const phoneTopic = (contactId: string): string => `v1/rescuer/${contactId}/notice`

/**
 * Core NATS request: a `PhoneNotice`, from the desk to all gateways. The one whose phone has acknowledged it (PUBACK)
 * replies, with nothing in it; no reply is no delivery.
 */
export const phoneSubject = (contactId: string): string => `phone.notice.${contactId}`

export const phoneNoticeSchema = z.object({
  /** The same for the same message, however often it is sent. */
  id: z.string().min(1),
  /** It is sent down no more after that, ms from now: clocks of two machines differ. */
  withinMs: z.number().positive(),
  /** What comes to the phone. */
  message: z.record(z.string(), z.unknown()),
})
export type PhoneNotice = z.infer<typeof phoneNoticeSchema>
