import { createHash } from 'node:crypto'
import { hostInUrl } from './host-in-url.ts'
import type { OwnServer, ServerPlace } from './own-server.ts'
import { runCommand } from './run-command.ts'
import type { ProcessSpec } from './supervised-process.ts'

const entrypoint = ({ imageEntrypoint }: OwnServer): string[] =>
  imageEntrypoint === undefined ? [] : ['--entrypoint', imageEntrypoint]

/** The version that a server's image prints, fetched first where it is not there; else why it cannot be run. */
export async function imageVersion(
  docker: string,
  server: OwnServer,
  signal: AbortSignal,
): Promise<{ readonly version: string } | { readonly reason: string }> {
  const { image, versionArgs } = server
  const args = ['run', '--rm', ...entrypoint(server), image, ...versionArgs]
  const { code, output } = await runCommand(docker, args, { signal })
  // Above the version stands how the image was fetched.
  const lines = output.split('\n')
  return code === 0 ? { version: lines.at(-1) ?? '' } : { reason: `docker run ${image}: ${lines[0]}` }
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
  return {
    name: server.program,
    command: docker,
    args: [
      'run',
      '--rm',
      '--name',
      name,
      ...user,
      ...entrypoint(server),
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
