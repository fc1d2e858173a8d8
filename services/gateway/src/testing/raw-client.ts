import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet'
import { secret } from './gateway-world.ts'

/** A client on a bare socket: sends any bytes and waits for what comes back, packet by packet. */
export class RawClient {
  readonly socket: Socket
  /** Resolves when the connection is closed. */
  readonly closed: Promise<unknown>
  readonly #packets: Packet[] = []
  #arrived: (() => void) | undefined

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.closed = new Promise((resolve) => this.socket.once('close', resolve))
    // A reset is one of the ways in which the other side closes.
    this.socket.on('error', () => undefined)
    const reader = parser()
    reader.on('packet', (packet) => {
      this.#packets.push(packet)
      this.#arrived?.()
    })
    // Whoever says GET is answered in HTTP, which is no packet.
    reader.on('error', () => this.socket.destroy())
    this.socket.on('data', (chunk) => reader.parse(chunk))
    this.socket.on('close', () => this.#arrived?.())
  }

  /** A client that has been accepted. @throws Error where it is not */
  static async open(port: number, name: string, options: Partial<IConnectPacket> = {}): Promise<RawClient> {
    const client = new RawClient(port)
    client.send(connectPacket(name, options))
    const answer = await client.next()
    if (answer.cmd !== 'connack' || answer.returnCode !== 0) throw new Error(`not accepted: ${JSON.stringify(answer)}`)
    return client
  }

  send(...packets: (Packet | Buffer)[]): void {
    this.socket.write(Buffer.concat(packets.map((it) => (Buffer.isBuffer(it) ? it : generate(it)))))
  }

  /** The next packet. @throws Error where the connection is closed instead */
  async next(): Promise<Packet> {
    for (;;) {
      const packet = this.#packets.shift()
      if (packet !== undefined) return packet
      if (this.socket.destroyed) throw new Error('the connection is closed')
      await new Promise<void>((resolve) => {
        this.#arrived = resolve
      })
    }
  }

  /** The next packets, as `puback 7`. */
  async answers(count: number): Promise<string[]> {
    const answers: string[] = []
    while (answers.length < count) {
      const { cmd, messageId } = await this.next()
      answers.push(`${cmd} ${messageId ?? ''}`.trim())
    }
    return answers
  }

  /** Resolves when the gateway has answered a PINGREQ, and gives what it said before that. */
  async ping(): Promise<string[]> {
    this.send({ cmd: 'pingreq' })
    const before: string[] = []
    for (;;) {
      const [answer] = await this.answers(1)
      if (answer === 'pingresp') return before
      before.push(answer as string)
    }
  }

  async end(): Promise<void> {
    this.socket.destroy()
    if (!this.socket.closed) await once(this.socket, 'close')
  }
}

export const connectPacket = (name: string, options: Partial<IConnectPacket> = {}): IConnectPacket => ({
  cmd: 'connect',
  clientId: name,
  username: name,
  password: Buffer.from(secret),
  clean: true,
  keepalive: 0,
  protocolId: 'MQTT',
  protocolVersion: 4,
  ...options,
})

export const publishPacket = (
  topic: string,
  payload: string | Buffer,
  messageId: number,
  qos: 0 | 1 | 2 = 1,
): Packet => ({
  cmd: 'publish',
  topic,
  payload,
  messageId,
  qos,
  dup: false,
  retain: false,
})
