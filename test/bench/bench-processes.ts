import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gatewayOptions } from '@lifeline/deploy'
import { freePort, ServerProcess } from '@lifeline/test-support'
import type { LoadOrder, LoadReport } from './load-generator.ts'
import type { OwnMemory } from './own-memory.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * A gateway as a process of its own, as the launcher starts it; resolves when it lets clients in.
 * @param sharedPort where further gateways listen, too
 */
export async function startGateway(
  natsUrl: string,
  partitions: number,
  nodeOptions: readonly string[],
  sharedPort?: number,
): Promise<{ child: ChildProcess; port: number; servicePort: number }> {
  const [port, servicePort] = [sharedPort ?? (await freePort()), await freePort()]
  const env = {
    ...process.env,
    NATS_URL: natsUrl,
    MQTT_PORT: String(port),
    SHARE_PORTS: sharedPort === undefined ? '0' : '1',
    SERVICE_PORT: String(servicePort),
    PARTITIONS: String(partitions),
    LOG_LEVEL: 'warn',
    PRIVACY_KEY: 'only for this benchmark, hides nobody',
  }
  const main = here('../../services/gateway/src/main.ts')
  const measured = ['--expose-gc', `--import=${here('./own-memory.ts')}`]
  const child = spawn(process.execPath, [...measured, ...gatewayOptions, ...nodeOptions, main], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const ready = async (): Promise<boolean> => {
    try {
      return (await fetch(`http://127.0.0.1:${servicePort}/healthz`)).ok
    } catch {
      // Not listening yet.
      return false
    }
  }
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error('the gateway did not start')
    await delay(50)
  }
  return { child, port, servicePort }
}

/** Debian's Mosquitto, bare: nobody to authenticate, nothing persisted, no subscriber. */
export async function startMosquitto(folder: string): Promise<{ server: ServerProcess; port: number }> {
  const port = await freePort()
  const config = join(folder, 'mosquitto.conf')
  await writeFile(
    config,
    `listener ${port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
log_type error
`,
  )
  const server = new ServerProcess('mosquitto', ['-c', config], async () => {
    const socket = connect(port, '127.0.0.1')
    const [event] = await Promise.race([
      once(socket, 'connect').then(() => ['connect']),
      once(socket, 'error').then(() => ['error']),
    ]).catch(() => ['error'])
    socket.destroy()
    return event === 'connect'
  })
  await server.start()
  return { server, port }
}

/** The load generator as a process of its own. */
export function startGenerator(): { order: (order: LoadOrder) => Promise<LoadReport>; end: () => void } {
  const child = fork(here('./load-generator.ts'), { execPath: process.execPath })
  let answered: PromiseWithResolvers<LoadReport> | undefined
  child.on('message', (report: LoadReport) => answered?.resolve(report))
  child.on('exit', (code) => answered?.reject(new Error(`the load generator ended with ${code}`)))
  return {
    order: (order) => {
      answered = Promise.withResolvers<LoadReport>()
      child.send(order)
      return answered.promise
    },
    end: () => child.disconnect(),
  }
}

/** Has a process that reports it clear its garbage away, and gives what it needs then. */
export async function memoryOf(child: ChildProcess): Promise<OwnMemory> {
  child.send('memory')
  const [memory] = (await once(child, 'message')) as [OwnMemory]
  return memory
}

/** Seconds of processor time a process has used so far. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
