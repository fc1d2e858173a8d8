import { commandState, commandStates } from '@lifeline/contracts'
import { z } from 'zod'
import type { CommandRow } from '../command/commands.ts'

const time = z.int()

/** A command as the API gives it; times in ms since the Unix epoch. */
export const commandSchema = z.object({
  id: z.string(),
  deviceId: z.string(),
  name: z.string(),
  args: z.record(z.string(), z.unknown()),
  /** Who gave it, and why. */
  by: z.string(),
  why: z.string().optional(),
  /** `delivered` is the device's PUBACK, `done` and `failed` its own answer. */
  state: z.enum(commandStates),
  sentAt: time,
  /** It goes to nobody from then on. */
  expiresAt: time,
  /** Given to a broker between, or to a subscription at QoS 0: nobody says whether the device has it. */
  handedAt: time.optional(),
  deliveredAt: time.optional(),
  answeredAt: time.optional(),
  /** Why the device did not do it. */
  reason: z.string().optional(),
})

export function commandOf(row: CommandRow, now: number): z.infer<typeof commandSchema> {
  const { id, device_id: deviceId, name, args, given_by: by, why, ok, reason } = row
  const [handedAt, deliveredAt, answeredAt] = [row.handed_at, row.delivered_at, row.answered_at].map(timeOf)
  const answer = answeredAt === undefined ? undefined : { at: answeredAt, ok: ok === true }
  const expiresAt = Number(row.expires_at)
  return {
    id,
    deviceId,
    name,
    args,
    by,
    ...(why === null ? {} : { why }),
    state: commandState({ deliveredAt, answer }, expiresAt, now),
    sentAt: Number(row.sent_at),
    expiresAt,
    ...(handedAt === undefined ? {} : { handedAt }),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(reason === null ? {} : { reason }),
  }
}

const timeOf = (value: number | null): number | undefined => (value === null ? undefined : Number(value))
