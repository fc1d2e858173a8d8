import { connect } from 'node:net'
import { freePort } from './free-port.ts'
import { ServerProcess } from './server-process.ts'
import { tempFolder } from './temp-folder.ts'

export interface TestServer {
  readonly url: string
  readonly process: ServerProcess
  /** Ends the server and removes its data. */
  remove(): Promise<void>
}

/** A nats-server with JetStream on a free port, its store in a temporary folder. */
export async function startNatsServer(): Promise<TestServer> {
  const port = await freePort()
  const store = await tempFolder()
  const server = new ServerProcess(
    'nats-server',
    ['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', store.path],
    () => accepts(port),
  )
  await server.start()
  return {
    url: `nats://127.0.0.1:${port}`,
    process: server,
    remove: async () => {
      await server.stop('SIGKILL')
      await store.remove()
    },
  }
}

/** Whether something listens on the port. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
