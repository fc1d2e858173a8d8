import { type NatsConnection, retrying } from '@lifeline/bus'
import { idSchema, kindSchema, maxPayloadBytes, type QuarantineRecord, quarantineSubject } from '@lifeline/contracts'

/** What InfluxDB will not take, and where it stood in the log. */
export interface BadRecord {
  /** Tells it from every other one of its message, and is the same when the message comes again. */
  readonly mark: string
  /** As it was parsed, or undefined where the message was no list of records. */
  readonly record: unknown
  readonly reason: string
  readonly message: { readonly seq: number; readonly subject: string; readonly data: Uint8Array }
}

const atOnce = 64
const excerptCharacters = 200

/**
 * Stores bad records in the stream QUARANTINE and resolves when all are in it. A record that comes again within the
 * stream's window of deduplication is kept once.
 * @param options.onRetry hears of each failed try
 * @throws AbortError once `signal` aborts
 */
export async function quarantine(
  connection: NatsConnection,
  bad: readonly BadRecord[],
  { signal, onRetry }: { readonly signal: AbortSignal; readonly onRetry: (error: unknown) => void },
): Promise<void> {
  const jetstream = connection.jetstream({ timeout: 2_000 })
  for (let start = 0; start < bad.length; start += atOnce) {
    await Promise.all(
      bad.slice(start, start + atOnce).map(({ mark, record, reason, message }) => {
        const entry = quarantineRecord(record, reason, message)
        const subject = quarantineSubject(entry.kind, entry.deviceId)
        const msgID = `historian.${message.seq}.${mark}`
        return retrying(() => jetstream.publish(subject, JSON.stringify(entry), { msgID }), {
          signal,
          onError: onRetry,
        })
      }),
    )
  }
}

function quarantineRecord(record: unknown, reason: string, message: BadRecord['message']): QuarantineRecord {
  const bytes = record === undefined ? message.data : Buffer.from(JSON.stringify(record))
  const payload = Buffer.from(bytes.subarray(0, maxPayloadBytes))
  const { kind, deviceId, receivedAt } = (record ?? {}) as Readonly<Record<string, unknown>>
  return {
    source: 'historian',
    kind: kindSchema.safeParse(kind).data ?? 'unknown',
    deviceId: idSchema.safeParse(deviceId).data ?? 'unknown',
    topic: message.subject,
    receivedAt: typeof receivedAt === 'number' ? receivedAt : Date.now(),
    reason,
    excerpt: payload.toString().slice(0, excerptCharacters).toWellFormed(),
    payload: payload.toString('base64'),
    payloadBytes: bytes.length,
  }
}
