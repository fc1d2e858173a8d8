import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, ServerProcess, type TestServer, tempFolder } from '@lifeline/test-support'
import { Client } from 'pg'

/** Whether PostgreSQL's own programs are on this machine. */
export const hasPostgres = spawnSync('postgres', ['--version']).status === 0

/** PostgreSQL refuses to run as root. */
const nobody = 65_534
const asNobody = process.getuid?.() === 0 ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []

/** A PostgreSQL on a free port, its data in a temporary folder. */
export async function startPostgres(): Promise<TestServer> {
  const folder = await tempFolder()
  if (asNobody.length > 0) chownSync(folder.path, nobody, nobody)
  const data = join(folder.path, 'data')
  const port = await freePort()
  const url = `postgres://desk@127.0.0.1:${port}/postgres`
  const [initdb = '', ...initdbArgs] = [...asNobody, 'initdb', '-D', data, '-U', 'desk', '-A', 'trust', '-E', 'UTF8']
  execFileSync(initdb, initdbArgs, { cwd: folder.path, stdio: 'pipe' })
  const where = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '']
  const [command = '', ...args] = [...asNobody, 'postgres', ...where]
  const server = new ServerProcess(command, args, () => answers(url), { cwd: folder.path })
  await server.start()
  return {
    url,
    process: server,
    remove: async () => {
      await server.stop('SIGINT')
      await folder.remove()
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client(url)
  try {
    await client.connect()
    return true
  } catch {
    // Not listening yet.
    return false
  } finally {
    await client.end()
  }
}
