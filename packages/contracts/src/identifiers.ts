import { z } from 'zod'

/** The kinds of equipment that report, as they stand in topics, subjects and InfluxDB measurements. */
export const kinds = ['elevator', 'tower-crane', 'hoist'] as const
export const kindSchema = z.enum(kinds)
export type Kind = z.infer<typeof kindSchema>

/**
 * A device, gateway, site or unit id. It is a level of an MQTT topic, a token of a NATS subject and a key of a
 * KV bucket at once, so it holds only what all three take: letters, digits, `-` and `_`, at most 64.
 */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, "-" and "_", 1 to 64 of them')

/** Milliseconds since the Unix epoch. The upper bound (year 2255) is what a nanosecond timestamp can hold. */
export const epochMsSchema = z.int().min(0).max(9_000_000_000_000)

/** Closes a switch over a union: a new member that no case names is then a type error. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value ${JSON.stringify(value)}`)
}
