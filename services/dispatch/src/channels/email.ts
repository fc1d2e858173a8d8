import { createTransport } from 'nodemailer'
import type { EmailChannel } from './channel-config.ts'
import { failed, noAnswer, type Outcome } from './outcome.ts'

export interface Mail {
  /** Becomes the Message-ID: a mailbox that has it already shows it once. */
  readonly key: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a mail to an SMTP server. @param signal ends the attempt early */
export async function sendMail(channel: EmailChannel, mail: Mail, signal: AbortSignal): Promise<Outcome> {
  const { host, port, security, user, password, from } = channel
  const timeoutMs = channel.timeoutSeconds * 1000
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const limit = AbortSignal.timeout(timeoutMs)
  const ended = AbortSignal.any([signal, limit])
  const end = new Promise<'ended'>((resolve) => {
    ended.addEventListener('abort', () => resolve('ended'), { once: true })
  })
  const { key, to, subject, text } = mail
  const message = { from, to: { name: '', address: to }, subject, text, messageId: `<${key}@lifeline>` }
  const sent = transport.sendMail(message).then((): Outcome => ({ ok: true, answer: '' }), refusal)
  const first = await Promise.race([sent, end])
  transport.close()
  if (first !== 'ended') return first
  return limit.aborted ? noAnswer(timeoutMs) : failed('ended')
}

/** The server's text may hold the address: only the codes are kept. */
function refusal(error: unknown): Outcome {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const status = responseCode === undefined ? '' : ` ${responseCode}`
  return failed(`SMTP${status} ${code ?? ''}`.trim(), responseCode !== undefined && responseCode >= 550)
}
