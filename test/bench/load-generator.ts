import { firstSeq } from './elevator-frame.ts'
import { type LoadAccount, LoadClient } from './load-client.ts'
import { encodePublishes, type PublishStream } from './publish-stream.ts'

/** What the benchmark asks of this process; each question is answered with one message. */
export type LoadOrder =
  | { readonly order: 'connect'; readonly port: number; readonly accounts: readonly LoadAccount[]; window: number }
  /** What the next 'send' sends; that takes a while, too. */
  | { readonly order: 'encode'; readonly packets: number; readonly framesPerPacket: number }
  /** As fast as it goes, or so many packets a second of each device. */
  | { readonly order: 'send'; readonly perSecond?: number }
  | { readonly order: 'end' }

export interface LoadReport {
  readonly seconds: number
  readonly frames: number
  /** The next counter of every device. */
  readonly nextSeq: number
}

let accounts: readonly LoadAccount[] = []
let clients: LoadClient[] = []
let nextSeq = firstSeq
let encoded: { readonly frames: number; readonly streams: readonly PublishStream[] } = { frames: 0, streams: [] }

async function carryOut(order: LoadOrder): Promise<LoadReport> {
  let [seconds, frames] = [0, 0]
  if (order.order === 'connect') {
    accounts = order.accounts
    nextSeq = firstSeq
    clients = await Promise.all(accounts.map((account) => LoadClient.connect(order.port, account, order.window)))
  } else if (order.order === 'encode') {
    const { packets, framesPerPacket } = order
    const streams = accounts.map(({ topic }, device) =>
      encodePublishes(topic, device, nextSeq, packets, framesPerPacket, (clients[device] as LoadClient).acknowledged),
    )
    nextSeq += packets * framesPerPacket
    encoded = { frames: packets * framesPerPacket * clients.length, streams }
  } else if (order.order === 'send') {
    const { streams } = encoded
    frames = encoded.frames
    const startedAt = performance.now()
    await Promise.all(clients.map((client, i) => client.send(streams[i] as PublishStream, order.perSecond)))
    seconds = (performance.now() - startedAt) / 1_000
  } else {
    for (const client of clients) client.end()
    clients = []
  }
  return { seconds, frames, nextSeq }
}

process.on('message', async (order: LoadOrder) => {
  const report = await carryOut(order)
  process.send?.(report)
})
process.on('disconnect', () => process.exit(0))
