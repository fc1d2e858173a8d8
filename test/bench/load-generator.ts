import { type LoadAccount, LoadClient } from './load-client.ts'
import { encodePublishes, type PublishStream } from './publish-stream.ts'

/** What the benchmark asks of this process; each question is answered with one message. */
export type LoadOrder =
  | { readonly order: 'connect'; readonly port: number; readonly accounts: readonly LoadAccount[]; window: number }
  /** What the next 'send' sends; that takes a while, too. */
  | { readonly order: 'encode'; readonly packets: number; readonly framesPerPacket: number }
  /** As fast as it goes, or so many packets a second of each device; once, or over and over for so many seconds. */
  | { readonly order: 'send'; readonly perSecond?: number; readonly seconds?: number }
  | { readonly order: 'end' }

export interface LoadReport {
  readonly seconds: number
  readonly frames: number
  /** The next counter of each device. */
  readonly nextSeqs: readonly number[]
}

let accounts: readonly LoadAccount[] = []
let clients: LoadClient[] = []
let framesPerPacket = 1
let streams: readonly PublishStream[] = []

async function carryOut(order: LoadOrder): Promise<LoadReport> {
  let [seconds, frames] = [0, 0]
  if (order.order === 'connect') {
    accounts = order.accounts
    clients = await Promise.all(accounts.map((account) => LoadClient.connect(order.port, account, order.window)))
  } else if (order.order === 'encode') {
    const { packets } = order
    framesPerPacket = order.framesPerPacket
    streams = clients.map(({ nextSeq, acknowledged }, device) => {
      const { topic } = accounts[device] as LoadAccount
      return encodePublishes(topic, device, nextSeq, packets, framesPerPacket, acknowledged)
    })
  } else if (order.order === 'send') {
    const { perSecond, seconds: forSeconds } = order
    const before = acknowledged()
    const startedAt = performance.now()
    await Promise.all(clients.map((client, i) => client.send(streams[i] as PublishStream, perSecond, forSeconds)))
    seconds = (performance.now() - startedAt) / 1_000
    frames = (acknowledged() - before) * framesPerPacket
  } else {
    for (const client of clients) client.end()
    clients = []
  }
  return { seconds, frames, nextSeqs: clients.map(({ nextSeq }) => nextSeq) }
}

function acknowledged(): number {
  return clients.reduce((sum, client) => sum + client.acknowledged, 0)
}

process.on('message', async (order: LoadOrder) => {
  const report = await carryOut(order)
  process.send?.(report)
})
process.on('disconnect', () => process.exit(0))
