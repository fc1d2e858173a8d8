import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { generate } from 'mqtt-packet'
import { type PublishStream, packetIdOf } from './publish-stream.ts'

export interface LoadAccount {
  readonly clientId: string
  readonly username: string
  readonly password: string
  readonly topic: string
}

/** How often a client that keeps a rate sends. */
const paceMs = 2

/** One MQTT client on a bare socket that keeps a window of PUBLISHes under way and checks each PUBACK. */
export class LoadClient {
  readonly #socket: Socket
  readonly #window: number
  #stream: PublishStream | undefined
  #sent = 0
  #acknowledged = 0
  /** PUBACKs of earlier streams. */
  #before = 0
  #partial: Buffer = Buffer.alloc(0)
  /** Packets of the stream that may have been sent by now. */
  #due: () => number = () => Number.POSITIVE_INFINITY
  #finished: () => void = () => undefined

  private constructor(socket: Socket, window: number) {
    this.#socket = socket
    this.#window = window
  }

  /** @throws Error where the server does not take the client */
  static async connect(port: number, account: LoadAccount, window: number): Promise<LoadClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const { clientId, username } = account
    socket.write(generate({ cmd: 'connect', clientId, username, password: Buffer.from(account.password), clean: true }))
    const [connack] = (await once(socket, 'data')) as [Buffer]
    if (!connack.equals(Buffer.from([0x20, 2, 0, 0])))
      throw new Error(`${clientId} was answered ${connack.toString('hex')}`)
    const client = new LoadClient(socket, window)
    socket.on('data', (chunk) => client.#answers(chunk))
    socket.on('close', () => {
      throw new Error(`${clientId} was cut off`)
    })
    return client
  }

  /** Packets sent and acknowledged so far. */
  get acknowledged(): number {
    return this.#before + this.#acknowledged
  }

  /**
   * Sends a stream; resolves when all of it has been acknowledged.
   * @param perSecond packets, however fast they are acknowledged; as fast as they are where it is not given
   */
  async send(stream: PublishStream, perSecond = Number.POSITIVE_INFINITY): Promise<void> {
    this.#before += this.#acknowledged
    this.#stream = stream
    this.#sent = 0
    this.#acknowledged = 0
    const startedAt = performance.now()
    this.#due = () => ((performance.now() - startedAt) * perSecond) / 1_000
    const pace = perSecond === Number.POSITIVE_INFINITY ? undefined : setInterval(() => this.#fill(), paceMs)
    await new Promise<void>((resolve) => {
      this.#finished = resolve
      if (pace === undefined) this.#fill()
    })
    clearInterval(pace)
  }

  end(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.destroy()
  }

  #fill(): void {
    if (this.#stream === undefined) return
    const { bytes, offsets } = this.#stream
    const upTo = Math.min(offsets.length - 1, this.#acknowledged + this.#window, Math.floor(this.#due()))
    if (upTo <= this.#sent) return
    this.#socket.write(bytes.subarray(offsets[this.#sent], offsets[upTo]))
    this.#sent = upTo
  }

  /** @throws Error where a PUBACK is not the next one in the order of sending */
  #answers(chunk: Buffer): void {
    const bytes = this.#partial.length === 0 ? chunk : Buffer.concat([this.#partial, chunk])
    let at = 0
    for (; at + 4 <= bytes.length; at += 4) {
      const expected = 0x40020000 | packetIdOf(this.#before + this.#acknowledged)
      if (bytes.readUInt32BE(at) !== expected) throw new Error('a PUBACK is out of order')
      this.#acknowledged++
    }
    this.#partial = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at)
    this.#fill()
    if (this.#stream !== undefined && this.#acknowledged === this.#stream.offsets.length - 1) this.#finished()
  }
}
