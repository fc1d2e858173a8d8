import { createHmac, timingSafeEqual } from 'node:crypto'

export const signatureHeader = 'lifeline-signature'
/** Names what is sent: whoever has had it already drops it. */
export const idempotencyHeader = 'idempotency-key'
/** A signature older than that, or from that far ahead, counts for nothing, ms. */
export const replayWindowMs = 300_000

const mac = (secret: string, time: number | string, body: string): Buffer =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest()

/** `t={ms since the Unix epoch},v1={hex HMAC-SHA-256 of "{t}.{body}"}`. */
export function sign(secret: string, body: string, now: number): string {
  return `t=${now},v1=${mac(secret, now, body).toString('hex')}`
}

/** Whether the header is a signature of the body, made with the secret in the replay window around `now`. */
export function isSigned(secret: string, header: string, body: string, now: number): boolean {
  const [, time = '', hex = ''] = /^t=(\d{1,16}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (hex === '' || Math.abs(now - Number(time)) > replayWindowMs) return false
  return timingSafeEqual(Buffer.from(hex, 'hex'), mac(secret, time, body))
}
