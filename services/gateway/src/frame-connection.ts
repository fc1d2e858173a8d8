import type { Socket } from 'node:net'
import { firstFrame, frameStreamReader, type PayloadReader } from '@lifeline/protocols'
import type { Directory } from './directory.ts'
import { frameRoute } from './frame-route.ts'
import type { Pressure } from './pressure.ts'
import type { PublishCredits } from './publish-credit.ts'
import type { VendorIntake } from './vendor-intake.ts'
import type { VendorRoute } from './vendor-topics.ts'

/** Bytes within which a device must have said who it is. */
const maxBytesUnknown = 4 * 1024
/** A frame's, about, for the credit of its device: they are not counted before they are cut. */
const frameBytes = 64

export interface FrameConnectionHost {
  readonly directory: Directory
  readonly vendorIntake: VendorIntake
  readonly credits: PublishCredits
  readonly pressure: Pressure
  /** Bytes of one connection that may wait to be stored. */
  readonly maxBytes: number
  /** After which a connection is given up. */
  readonly silenceMs: number
  readonly refuseConnection: (reason: string, client: string) => void
  readonly closed: (connection: FrameConnection) => void
}

/**
 * A device that speaks frames over plain TCP. Its first frame says which format it is and who it is; it is heard where
 * the registry knows that name in that format. The formats know no secret: whoever reaches the port may say any name.
 */
export class FrameConnection {
  readonly #socket: Socket
  readonly #address: string
  readonly #host: FrameConnectionHost
  #unread: Buffer[] = []
  #reader: PayloadReader | undefined
  #route: VendorRoute | undefined
  /** Bytes that wait to be stored. */
  #bytes = 0
  #closed = false
  #inDebt = false
  #held = false

  constructor(socket: Socket, host: FrameConnectionHost) {
    this.#socket = socket
    this.#address = socket.remoteAddress ?? 'unknown'
    this.#host = host
    socket.setTimeout(host.silenceMs, () => this.#refuse('keep_alive'))
    socket.on('data', (chunk: Buffer) => this.#input(chunk))
    socket.on('end', () => this.close())
    socket.on('close', () => this.close())
    // 'close' follows; a device that breaks off is no fault of ours.
    socket.on('error', () => undefined)
  }

  /** Reads no more. */
  hold(): void {
    this.#held = true
    this.#socket.pause()
  }

  /** Ends the connection; what it has sent is stored all the same. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#host.pressure.forget(this.#resume)
    this.#socket.destroy()
    this.#host.closed(this)
  }

  #refuse(reason: string): void {
    if (this.#closed) return
    this.#host.refuseConnection(reason, this.#address)
    this.close()
  }

  #input(chunk: Buffer): void {
    if (this.#closed) return
    if (this.#route !== undefined) this.#take(this.#route, chunk)
    else this.#first(Buffer.concat([...this.#unread, chunk]))
  }

  /** @param bytes all that has come so far */
  #first(bytes: Buffer): void {
    const found = firstFrame(bytes)
    const route = found === undefined ? undefined : frameRoute(this.#host.directory, found.format, found.sn)
    if (found === undefined) {
      this.#unread = [bytes]
      if (bytes.length > maxBytesUnknown) this.#refuse('no_frame')
    } else if (route === undefined) this.#refuse('unknown_device')
    else {
      this.#unread = []
      this.#route = route
      this.#reader = frameStreamReader(found.format, route.format.mapping.zone ?? 'UTC')
      this.#take(route, bytes)
    }
  }

  #take(route: VendorRoute, chunk: Buffer): void {
    const { vendorIntake, pressure } = this.#host
    if (this.#reader === undefined) return
    let kept = 0
    let settled = false
    const answer = ({ bytes }: { readonly bytes: Buffer }): void => {
      if (!this.#closed) this.#socket.write(bytes)
    }
    const stored = (): void => {
      settled = true
      pressure.release(kept)
      this.#bytes -= kept
      this.#regulate()
    }
    const sent = { payload: chunk, payloadBytes: chunk.length }
    const bytes = vendorIntake.store(route, this.#reader, sent, Date.now(), 'message', stored, answer)
    this.#payFor(route, chunk.length / frameBytes)
    if (settled) return
    kept = bytes
    pressure.add(kept)
    this.#bytes += kept
    this.#regulate()
  }

  /** The credit is the device's: more connections do not give it more. */
  #payFor(route: VendorRoute, frames: number): void {
    const waitMs = this.#host.credits.of(route.only()?.deviceId ?? route.account).take(frames, performance.now())
    if (waitMs === 0 || this.#inDebt) return
    this.#inDebt = true
    setTimeout(() => {
      this.#inDebt = false
      this.#regulate()
    }, waitMs)
    this.#regulate()
  }

  readonly #resume = (): void => this.#regulate()

  #regulate(): void {
    const { pressure, maxBytes } = this.#host
    if (this.#closed || this.#held) return
    if (pressure.full) pressure.wait(this.#resume)
    if (this.#inDebt || pressure.full || this.#bytes >= maxBytes || this.#socket.writableNeedDrain) this.#socket.pause()
    else this.#socket.resume()
  }
}
