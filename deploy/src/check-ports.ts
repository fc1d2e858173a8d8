import { whyNotFree } from './free-ports.ts'
import type { Ports } from './launch-config.ts'
import { LaunchError } from './launch-error.ts'

/**
 * Makes sure before anything starts that each port can be had.
 * @param ports those that servers of ours will listen on
 * @throws LaunchError PORT_TAKEN naming each variable and what is wrong with its port
 */
export async function checkPorts(ports: Partial<Ports>, bind: string): Promise<void> {
  const wrong: string[] = []
  const seen = new Map<number, string>()
  for (const [key, port] of Object.entries(ports)) {
    const variable = `${key.toUpperCase()}_PORT`
    const twin = seen.get(port)
    seen.set(port, variable)
    const reason = twin === undefined ? await whyNotFree(port, bind) : 'TWICE'
    if (reason !== undefined) wrong.push(`${variable}=${port} ${inWords(reason, bind, twin)}`)
  }
  if (wrong.length === 0) return
  throw new LaunchError('PORT_TAKEN', `Not started: ${wrong.join('; ')}. Free it, or set the variable to another port.`)
}

function inWords(reason: string, bind: string, twin: string | undefined): string {
  switch (reason) {
    case 'TWICE':
      return `is the same as ${twin}`
    case 'EADDRINUSE':
      return `is taken by another process on ${bind}`
    case 'EACCES':
      return 'may only be used by root'
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `cannot be used: BIND=${bind} is no address of this machine`
    default:
      return `cannot be listened on at ${bind} (${reason})`
  }
}
