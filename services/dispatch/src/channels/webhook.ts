import { failed, noAnswer, type Outcome } from './outcome.ts'
import { idempotencyHeader, sign, signatureHeader } from './signature.ts'

export interface WebhookTarget {
  readonly url: string
  readonly secret: string
  readonly timeoutMs: number
}

/** So much of an answer is read, bytes. */
const answerLimit = 16_384
/** These say "not now": all other 4xx say "never". */
const passing: ReadonlySet<number> = new Set([408, 409, 425, 429])

/**
 * Posts a signed JSON body. A redirect is not followed: it could lead anywhere, also inside.
 * @param key the same for the same message, however often it is sent
 * @param signal ends the attempt early
 */
export async function postSigned(
  { url, secret, timeoutMs }: WebhookTarget,
  key: string,
  body: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [idempotencyHeader]: key,
        [signatureHeader]: sign(secret, body, Date.now()),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
    })
    const { status } = response
    if (response.ok) return { ok: true, answer: await beginningOf(response) }
    await response.body?.cancel()
    return failed(`HTTP ${status}`, status >= 400 && status < 500 && !passing.has(status))
  } catch (error) {
    return limit.aborted ? noAnswer(timeoutMs) : failed(reasonOf(error))
  }
}

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return ''
  let read = Buffer.alloc(0)
  for await (const chunk of body) {
    read = Buffer.concat([read, chunk])
    // Leaving the loop cancels the rest.
    if (read.length > answerLimit) return ''
  }
  return read.toString()
}

/** The system's code alone: its text holds addresses. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? `not reached (${cause.code})` : 'not reached'
}
