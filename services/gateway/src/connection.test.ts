import { once } from 'node:events'
import { Duplex } from 'node:stream'
import { generate } from 'mqtt-packet'
import { expect, test } from 'vitest'
import type { BrokerLink } from './broker-link.ts'
import type { ClientRights, ClientUplink } from './client-rights.ts'
import { Connection } from './connection.ts'
import type { ConnectionHost } from './connection-host.ts'
import type { DownLink } from './down-link.ts'
import { Pressure } from './pressure.ts'
import { connectPacket } from './testing/raw-client.ts'

/** A client's end of the line whose owner reads nothing: the few bytes it has room for are soon written. */
class DeafClient extends Duplex {
  #listens = false
  #written: (() => void) | undefined

  constructor() {
    super({ writableHighWaterMark: 64 })
  }
  override _read(): void {}
  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#written = done
    if (this.#listens) this.listen()
  }
  /** Reads all that comes from now on. */
  listen(): void {
    this.#listens = true
    this.#written?.()
  }
  deafen(): void {
    this.#listens = false
  }
}

// No PUBLISH is sent here.
const uplink: ClientUplink = {
  publishes: 0,
  bytes: 0,
  waitMs: () => 0,
  publish: () => undefined,
  release: () => undefined,
  flush: () => undefined,
}
const rights: ClientRights = {
  clientId: 'EL-1',
  name: 'EL-1',
  valid: true,
  maySubscribe: () => false,
  mayReceive: () => false,
  takeWill: () => undefined,
  uplink: () => uplink,
}

/** A connection on `socket` that the broker accepts at once and answers each packet of with two bytes. */
function connected(socket: Duplex): { connection: Connection; closed: () => boolean; refused: string[] } {
  const refused: string[] = []
  let closed = false
  const host: ConnectionHost = {
    admit: () => rights,
    pressure: new Pressure(1_000),
    delay: () => 0,
    inTurn: queueMicrotask,
    tellWill: () => undefined,
    limits: {
      maxUnacknowledged: 10,
      maxBytes: 1_000,
      maxControlBytes: 1_000,
      maxInflight: 10,
      maxFilters: 10,
      maxLevels: 10,
      connectMs: 10_000,
      maxSilenceMs: 3_600_000,
      stalledMs: 120_000,
    },
    introduce: (link: BrokerLink<DownLink>) => {
      link.on('data', (packet: Buffer) => {
        if (packet[0] === 0xc0) link.write(Buffer.from([0xd0, 0]))
      })
    },
    session: () => ({ session: { received: new Set(), nextPacketId: 1 }, present: false, kept: false }),
    refuseFrame: (reason) => refused.push(reason),
    refuseConnection: (reason) => refused.push(reason),
    accepted: () => undefined,
    closed: () => {
      closed = true
    },
  }
  const connection = new Connection(socket, { address: '127.0.0.1' }, host)
  return { connection, closed: () => closed, refused }
}

const connect = (keepalive = 0): Buffer => generate(connectPacket('EL-1', { keepalive }))
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('a client that reads no answers stops being read, and is not cut for the silence that follows', async () => {
  const socket = new DeafClient()
  const { connection, closed } = connected(socket)
  socket.push(connect(1))
  await turn()
  expect(socket.isPaused()).toBe(false)
  for (let i = 0; i < 50; i++) {
    socket.push(Buffer.from([0xc0, 0]))
    await turn()
  }
  expect(socket.isPaused()).toBe(true)
  expect(socket.writableLength).toBeLessThan(100)
  connection.checkSilence(performance.now() + 60_000)
  expect(closed()).toBe(false)
  socket.destroy()
})

test('who reads nothing of what is written to it for as long as it may is cut, and who does read is not', async () => {
  const socket = new DeafClient()
  const { connection, refused } = connected(socket)
  socket.push(connect())
  const writing = async (): Promise<void> => {
    while (!socket.writableNeedDrain) {
      socket.push(Buffer.from([0xc0, 0]))
      await turn()
    }
  }
  await writing()
  const now = performance.now()
  connection.checkSilence(now + 119_000)
  expect(refused).toEqual([])
  const drained = once(socket, 'drain')
  socket.listen()
  await drained
  connection.checkSilence(now + 120_000)
  socket.deafen()
  await writing()
  connection.checkSilence(now + 239_000)
  expect(refused).toEqual([])
  connection.checkSilence(now + 241_000)
  expect(refused).toEqual(['stalled'])
  socket.destroy()
})

test('who has not signed in by then is cut, also with half a packet sent', async () => {
  const socket = new DeafClient()
  const { connection, closed, refused } = connected(socket)
  socket.push(connect().subarray(0, 10))
  await turn()
  connection.checkSilence(performance.now() + 9_000)
  expect(closed()).toBe(false)
  connection.checkSilence(performance.now() + 11_000)
  expect([closed(), refused]).toEqual([true, ['connect_timeout']])
  socket.destroy()
})

test('bytes that drip in keep nobody alive: it takes a whole packet', async () => {
  const socket = new DeafClient()
  const { connection, refused } = connected(socket)
  socket.push(connect(10))
  await turn()
  const signedIn = performance.now()
  socket.push(Buffer.from([0xc0]))
  await turn()
  connection.checkSilence(signedIn + 14_000)
  expect(refused).toEqual([])
  connection.checkSilence(signedIn + 16_000)
  expect(refused).toEqual(['keep_alive'])
  socket.destroy()
})
