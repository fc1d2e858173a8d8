import { Duplex } from 'node:stream'

/** The front door's side of a link. */
export interface LinkOwner {
  /** Sends bytes of the broker to the client; calls `sent` when more may come. */
  send(bytes: Buffer, sent: () => void): void
  /** The broker has read what it was given. */
  wantsMore(): void
  /** The broker has accepted the client's CONNECT. */
  accepted(): void
  /** The broker is done with the client. */
  brokerClosed(): void
}

/** A client as the broker sees it: all its packets but PUBLISH and PUBREL. */
export class BrokerLink<Owner extends LinkOwner = LinkOwner> extends Duplex {
  readonly owner: Owner

  constructor(owner: Owner) {
    super()
    this.owner = owner
  }

  override _read(): void {
    this.owner.wantsMore()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.owner.send(chunk, done)
  }

  /** The broker writes a packet in pieces under one cork, so what comes here are whole packets. */
  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: () => void): void {
    this.owner.send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.owner.brokerClosed()
    done(error)
  }
}
