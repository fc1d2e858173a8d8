import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { LaunchError } from './launch-error.ts'

const lowest = 20_000

/**
 * TCP ports that nobody listens on now, all different. They lie below the range the kernel gives to outgoing
 * connections: a server that dies and comes back must not find its port lent out meanwhile.
 * @param host address they must be free on
 * @throws LaunchError CONFIG_INVALID where that is no address of this machine
 */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const size = (await firstEphemeralPort()) - lowest
  const start = Math.floor(Math.random() * size)
  const ports: number[] = []
  for (let step = 0; step < size && ports.length < count; step++) {
    const port = lowest + ((start + step) % size)
    const reason = await whyNotFree(port, host)
    if (reason === undefined) ports.push(port)
    // Another port of that address will do no better.
    else if (reason !== 'EADDRINUSE' && reason !== 'EACCES') {
      throw new LaunchError('CONFIG_INVALID', `Not started: BIND=${host} is no address of this machine (${reason}).`)
    }
  }
  if (ports.length < count) throw new Error(`no ${count} free ports on ${host} from ${lowest} to ${lowest + size - 1}`)
  return ports
}

/** Error code of listening there, such as EADDRINUSE; undefined where the port can be had. */
export function whyNotFree(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

async function firstEphemeralPort(): Promise<number> {
  const usual = 32_768
  if (process.platform !== 'linux') return usual
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
  const first = Number(range.split(/\s+/)[0])
  // A range widened down to the low ports leaves no room below it; then any port is as good as another.
  return first >= lowest + 1_000 ? first : usual
}
