import { connect } from 'node:net'
import { join } from 'node:path'
import { hostInUrl } from './host-in-url.ts'
import { type OwnServer, versionNumbers } from './own-server.ts'

/** NATS with JetStream, which holds the log. */
export const natsServer: OwnServer = {
  name: 'nats',
  program: 'nats-server',
  debianPackage: 'nats-server',
  download: 'https://nats.io/download',
  image: 'nats:2',
  urlVariable: 'NATS_URL',
  versionArgs: ['--version'],
  refuse: (version) => (isAtLeast(version, 9) ? undefined : `${version} is too old: 2.9 or newer is needed`),
  config: ({ folder, host, port }, version) => {
    // Older servers do not know the option and refuse the file. It makes an acknowledged message safe from a power cut.
    const sync = isAtLeast(version, 10) ? '\n  sync_interval: always' : ''
    return `server_name: lifeline
listen: ${JSON.stringify(`${hostInUrl(host)}:${port}`)}
jetstream {
  store_dir: ${JSON.stringify(join(folder, 'store'))}${sync}
}
`
  },
  args: (configFile) => ['-c', configFile],
  answers: (host, port) =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: 1_000 })
      const answer = (ready: boolean): void => {
        socket.destroy()
        resolve(ready)
      }
      // The server speaks first; a proxy that merely accepts does not.
      socket.once('data', (greeting) => answer(greeting.toString().startsWith('INFO ')))
      socket.once('timeout', () => answer(false))
      socket.once('error', () => answer(false))
      socket.once('close', () => answer(false))
    }),
}

function isAtLeast(version: string, wantedMinor: number): boolean {
  const [major = 0, minor = 0] = versionNumbers(version)
  return major > 2 || (major === 2 && minor >= wantedMinor)
}
