import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'
import { type RunOptions, ServerProcess } from './server-process.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** One of our services in a process of its own, started when its `/healthz` says 200. */
export interface ServiceProcess {
  readonly url: string
  readonly process: ServerProcess
}

/**
 * A service of this repository on a free port, not started yet.
 * @param env its variables; SERVICE_PORT is chosen here
 * @param options as a `ServerProcess` has them
 */
export async function serviceProcess(
  name: string,
  env: Readonly<Record<string, string>>,
  options: RunOptions = {},
): Promise<ServiceProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const healthy = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/healthz`)).ok
    } catch {
      // Not listening yet.
      return false
    }
  }
  const folder = `${root}services/${name}`
  const process = new ServerProcess(globalThis.process.execPath, [`${folder}/src/main.ts`], healthy, {
    ...options,
    cwd: folder,
    env: { ...globalThis.process.env, SERVICE_PORT: String(port), ...env },
  })
  return { url, process }
}
