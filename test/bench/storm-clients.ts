import { connect, type Socket } from 'node:net'
import { generate } from 'mqtt-packet'
import type { LoadAccount } from './load-client.ts'

/** What the benchmark asks of this process; each is answered with the seconds that it took until all were done. */
export type StormOrder =
  | { readonly order: 'connect'; readonly port: number; readonly accounts: readonly LoadAccount[] }
  | { readonly order: 'subscribe' }
  /**
   * All clients come back at once, as far as TCP lets them, after all connections were reset in one instant, as by a
   * machine between that dies, or after an outage in which they fell silent: then the door still holds the old ones.
   */
  | { readonly order: 'storm'; readonly after: 'reset' | 'outage' }

/** As clients of the field do where they are not let in. */
const retryMs = 1_000
const addresses = 100

let port = 0
let accounts: readonly LoadAccount[] = []
let sockets: Socket[] = []

/** Resolves with the connection when it is signed in. */
async function signIn(account: LoadAccount, index: number): Promise<Socket> {
  for (;;) {
    const socket = connect({
      port,
      host: '127.0.0.1',
      localAddress: `127.0.1.${1 + (index % addresses)}`,
      noDelay: true,
    })
    socket.on('error', () => undefined)
    const { clientId, username, password } = account
    socket.write(
      generate({ cmd: 'connect', clientId, username, password: Buffer.from(password), clean: true, keepalive: 600 }),
    )
    if (await answered(socket, 0x20)) return socket
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

async function subscribe(socket: Socket, { topic }: LoadAccount): Promise<void> {
  const filter = topic.replace(/telemetry$/, 'command')
  socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos: 1 }] }))
  if (!(await answered(socket, 0x90))) throw new Error(`${filter} was not answered`)
}

/** Whether the next answer is of that type; false where the connection ends instead. */
const answered = (socket: Socket, type: number): Promise<boolean> =>
  new Promise((resolve) => {
    socket.once('data', (bytes) => resolve(bytes[0] === type))
    socket.once('close', () => resolve(false))
  })

async function carryOut(order: StormOrder): Promise<void> {
  if (order.order === 'connect') {
    port = order.port
    accounts = order.accounts
    sockets = await Promise.all(accounts.map(signIn))
  } else if (order.order === 'subscribe') {
    await Promise.all(sockets.map((socket, i) => subscribe(socket, accounts[i] as LoadAccount)))
  } else {
    if (order.after === 'reset') for (const socket of sockets) socket.resetAndDestroy()
    sockets = await Promise.all(
      accounts.map(async (account, i) => {
        const socket = await signIn(account, i)
        await subscribe(socket, account)
        return socket
      }),
    )
  }
}

process.on('message', async (order: StormOrder) => {
  const startedAt = performance.now()
  await carryOut(order)
  process.send?.((performance.now() - startedAt) / 1_000)
})
process.on('disconnect', () => process.exit(0))
