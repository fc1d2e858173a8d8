import { createHash } from 'node:crypto'
import { findProgram } from './find-program.ts'
import { hostInUrl } from './host-in-url.ts'
import type { OwnServer, ServerPlace } from './own-server.ts'
import { runCommand } from './run-command.ts'
import type { ProcessSpec } from './supervised-process.ts'

/** The docker program, where it is there and its daemon answers; else why not. */
export async function findDocker(
  folders: readonly string[],
): Promise<{ readonly path: string } | { readonly path: undefined; readonly reason: string }> {
  const path = findProgram('docker', folders)
  if (path === undefined) return { path, reason: 'docker is not there' }
  const { code, output } = await runCommand(path, ['version', '--format', '{{.Server.Version}}'])
  if (code === 0) return { path }
  return { path: undefined, reason: `docker: ${output.split('\n').slice(-1)}` }
}

/**
 * The process that runs a server in a container and ends with it. The container goes when the process does, and one
 * that a killed process left goes before the next start.
 */
export function containerSpec(docker: string, server: OwnServer, place: ServerPlace, configFile: string): ProcessSpec {
  const { folder, host, port } = place
  // The same folder always means the same container.
  const name = `lifeline-${server.program}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid?.()}`]
  const entrypoint = server.imageEntrypoint === undefined ? [] : ['--entrypoint', server.imageEntrypoint]
  return {
    name: server.program,
    command: docker,
    args: [
      'run',
      '--rm',
      '--name',
      name,
      ...user,
      ...entrypoint,
      '--publish',
      `${hostInUrl(host)}:${port}:${port}`,
      '--volume',
      `${folder}:${folder}`,
      server.image,
      ...server.args(configFile),
    ],
    cwd: folder,
    env: process.env,
    clear: () => runCommand(docker, ['rm', '--force', '--volumes', name]),
  }
}
