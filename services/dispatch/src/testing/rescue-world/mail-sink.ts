import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { Heard } from './heard.ts'

export interface ReceivedMail {
  readonly to: readonly string[]
  /** As it came, headers and all. */
  readonly raw: string
}

/** A mail server that takes everything, or refuses recipients by `refuses`. */
export class MailSink {
  readonly mails = new Heard<ReceivedMail>()
  refuses: (address: string) => boolean = () => false
  readonly #server: SMTPServer

  constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: ({ address }, _session, done) => {
        if (this.refuses(address)) done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
        else done()
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address)
          this.mails.add({ to, raw: Buffer.concat(chunks).toString() })
          done()
        })
      },
    })
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.on('error', reject)
      this.#server.listen(0, '127.0.0.1', () => resolve())
    })
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
