import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort, ServerProcess, type TestServer, tempFolder } from '@lifeline/test-support'

/** Debian's Mosquitto on a free port, what it keeps in a temporary folder. Nobody needs a name. */
export async function startMosquitto(): Promise<TestServer> {
  const [port, folder] = [await freePort(), await tempFolder()]
  const file = join(folder.path, 'mosquitto.conf')
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder.path}/`,
    'autosave_interval 500',
    'autosave_on_changes true',
    'max_queued_messages 0',
    // Started as root it would become another, who may not write here.
    'user root',
    'log_type error',
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  const server = new ServerProcess('mosquitto', ['-c', file], () => accepts(port))
  await server.start()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    process: server,
    remove: async () => {
      await server.stop('SIGKILL')
      await folder.remove()
    },
  }
}

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
