import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { generate } from 'mqtt-packet'
import { firstSeq } from './elevator-frame.ts'
import { type PublishStream, packetIdOf, stamp } from './publish-stream.ts'

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
  /** Of this stream; after its last packet comes its first again. */
  #sent = 0
  #acknowledged = 0
  /** Packets of this stream that are to be sent. */
  #wanted = 0
  #nextSeq = firstSeq
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

  /** The counter of the next frame. */
  get nextSeq(): number {
    return this.#nextSeq
  }

  /**
   * Sends a stream, each frame with the time of now and the next counter; resolves when all of it has been acknowledged.
   * @param perSecond packets, however fast they are acknowledged; as fast as they are where it is not given
   * @param seconds for so long, the stream over and over, which must be longer than the window; once where it is not given
   */
  async send(stream: PublishStream, perSecond = Number.POSITIVE_INFINITY, seconds?: number): Promise<void> {
    this.#before += this.#acknowledged
    this.#wanted = seconds === undefined ? stream.offsets.length - 1 : Number.POSITIVE_INFINITY
    this.#stream = stream
    this.#sent = 0
    this.#acknowledged = 0
    const startedAt = performance.now()
    this.#due = () => ((performance.now() - startedAt) * perSecond) / 1_000
    const pace = perSecond === Number.POSITIVE_INFINITY ? undefined : setInterval(() => this.#fill(), paceMs)
    await new Promise<void>((resolve) => {
      this.#finished = resolve
      if (pace === undefined) this.#fill()
      if (seconds !== undefined) setTimeout(() => this.#endRound(), seconds * 1_000)
    })
    clearInterval(pace)
  }

  end(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.destroy()
  }

  #endRound(): void {
    this.#wanted = this.#sent
    if (this.#acknowledged === this.#wanted) this.#finished()
  }

  #fill(): void {
    if (this.#stream === undefined) return
    const { bytes, offsets } = this.#stream
    const packets = offsets.length - 1
    const upTo = Math.min(this.#wanted, this.#acknowledged + this.#window, Math.floor(this.#due()))
    const time = Buffer.from(String(Date.now()), 'latin1')
    while (this.#sent < upTo) {
      const from = this.#sent % packets
      const to = Math.min(packets, from + upTo - this.#sent)
      for (let packet = from; packet < to; packet++) {
        const id = packetIdOf(this.#before + this.#sent++)
        this.#nextSeq = stamp(this.#stream, packet, id, time, this.#nextSeq)
      }
      this.#socket.write(bytes.subarray(offsets[from], offsets[to]))
    }
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
    if (this.#stream !== undefined && this.#acknowledged === this.#wanted) this.#finished()
  }
}
