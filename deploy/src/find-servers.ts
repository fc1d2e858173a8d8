import { installDebianPackages } from './debian-packages.ts'
import { findDocker } from './docker.ts'
import { findProgram } from './find-program.ts'
import { LaunchError } from './launch-error.ts'
import type { OwnServer } from './own-server.ts'
import { runCommand } from './run-command.ts'

/** Where a server comes from: a program of this machine, or an image run by the program docker. */
export type ServerSource =
  | { readonly kind: 'program'; readonly path: string; readonly version: string }
  | { readonly kind: 'image'; readonly docker: string }

/**
 * Finds each server: on PATH, else from the distribution's packages, else by Docker.
 * @param folders where programs are looked for
 * @param say hears of what takes its time
 * @throws LaunchError SERVER_MISSING with what to install, where one cannot be had
 */
export async function findServers(
  servers: readonly OwnServer[],
  folders: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Map<OwnServer, ServerSource>> {
  const sources = new Map<OwnServer, ServerSource>()
  const reasons: string[] = []
  const lookOnPath = async (): Promise<OwnServer[]> => {
    for (const server of servers.filter((server) => !sources.has(server))) {
      const path = findProgram(server.program, folders)
      if (path === undefined) continue
      const version = (await runCommand(path, server.versionArgs)).output.split('\n')[0] ?? ''
      const refusal = server.refuse(version)
      if (refusal === undefined) sources.set(server, { kind: 'program', path, version })
      else if (!reasons.includes(`${path}: ${refusal}`)) reasons.push(`${path}: ${refusal}`)
    }
    return servers.filter((server) => !sources.has(server))
  }

  let missing = await lookOnPath()
  if (missing.length > 0) {
    const packages = missing.map(({ debianPackage }) => debianPackage)
    const failure = await installDebianPackages(packages, folders, say, signal)
    signal.throwIfAborted()
    if (failure !== undefined) reasons.push(failure)
    missing = await lookOnPath()
  }
  if (missing.length > 0) {
    const docker = await findDocker(folders)
    if (docker.path === undefined) reasons.push(docker.reason)
    else for (const server of missing) sources.set(server, { kind: 'image', docker: docker.path })
    missing = servers.filter((server) => !sources.has(server))
  }
  if (missing.length > 0) throw new LaunchError('SERVER_MISSING', whatToInstall(missing, reasons))
  return sources
}

function whatToInstall(missing: readonly OwnServer[], reasons: readonly string[]): string {
  const names = missing.map(({ program }) => program).join(' and ')
  const packages = missing.map(({ debianPackage }) => debianPackage).join(' ')
  const variables = missing.map(({ urlVariable }) => urlVariable).join(' and ')
  return `Not started: ${names} missing, and neither packages nor Docker could help (${reasons.join('; ')}).
Do one of these:
  sudo apt-get install ${packages}     (Debian, Ubuntu)
  put ${names} on PATH       (https://nats.io/download, InfluxDB 1.8 of https://www.influxdata.com/downloads)
  start Docker
  set ${variables} to a running server`
}
