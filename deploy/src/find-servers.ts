import { installDebianPackages } from './debian-packages.ts'
import { imageVersion } from './docker.ts'
import { findProgram } from './find-program.ts'
import { LaunchError } from './launch-error.ts'
import type { OwnServer } from './own-server.ts'
import { runCommand } from './run-command.ts'

/** Where a server comes from: a program of this machine, or an image run by the program docker. */
export type ServerSource =
  | { readonly kind: 'program'; readonly path: string; readonly version: string }
  | { readonly kind: 'image'; readonly docker: string; readonly version: string }

export interface FoundServer {
  readonly server: OwnServer
  readonly source: ServerSource
}

/**
 * Finds each server: on PATH, else from the distribution's packages, else by Docker.
 * @param folders where programs are looked for
 * @param say hears of what takes its time
 * @returns the servers in the order given
 * @throws LaunchError SERVER_MISSING with what to install, where one cannot be had
 */
export async function findServers(
  servers: readonly OwnServer[],
  folders: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<FoundServer[]> {
  const reasons = new Set<string>()
  const programOf = async (server: OwnServer): Promise<ServerSource | undefined> => {
    const path = findProgram(server.program, folders)
    if (path === undefined) return undefined
    const version = (await runCommand(path, server.versionArgs)).output.split('\n')[0] ?? ''
    const refusal = server.refuse(version)
    if (refusal === undefined) return { kind: 'program', path, version }
    reasons.add(`${path}: ${refusal}`)
    return undefined
  }
  const present = await findEach(servers, programOf)
  if (present.every(isFound)) return present

  const packages = present.filter((one) => !isFound(one)).map(({ server }) => server.debianPackage)
  const failure = await installDebianPackages(packages, folders, say, signal)
  signal.throwIfAborted()
  if (failure !== undefined) reasons.add(failure)
  const packaged = await findEach(servers, programOf)
  if (packaged.every(isFound)) return packaged

  const docker = findProgram('docker', folders)
  if (docker === undefined) reasons.add('docker is not there')
  const imageOf = async (server: OwnServer): Promise<ServerSource | undefined> => {
    if (docker === undefined) return undefined
    say(`asking Docker for ${server.image}`)
    const answer = await imageVersion(docker, server, signal)
    signal.throwIfAborted()
    if ('version' in answer) return { kind: 'image', docker, version: answer.version }
    reasons.add(answer.reason)
    return undefined
  }
  const sought = await Promise.all(
    packaged.map(async ({ server, source }) => ({ server, source: source ?? (await imageOf(server)) })),
  )
  if (sought.every(isFound)) return sought
  const lacking = sought.filter((one) => !isFound(one)).map(({ server }) => server)
  throw new LaunchError('SERVER_MISSING', whatToInstall(lacking, [...reasons]))
}

interface SoughtServer {
  readonly server: OwnServer
  readonly source: ServerSource | undefined
}

const isFound = (sought: SoughtServer): sought is FoundServer => sought.source !== undefined

function findEach(
  servers: readonly OwnServer[],
  find: (server: OwnServer) => Promise<ServerSource | undefined>,
): Promise<SoughtServer[]> {
  return Promise.all(servers.map(async (server) => ({ server, source: await find(server) })))
}

function whatToInstall(missing: readonly OwnServer[], reasons: readonly string[]): string {
  const names = missing.map(({ program }) => program).join(' and ')
  const packages = missing.map(({ debianPackage }) => debianPackage).join(' ')
  const variables = missing.map(({ urlVariable }) => urlVariable).join(' and ')
  return `Not started: ${names} missing, and neither packages nor Docker could help (${reasons.join('; ')}).
Do one of these:
  sudo apt-get install ${packages}     (Debian, Ubuntu)
  put ${names} on PATH     (${missing.map(({ download }) => download).join(', ')})
  start Docker
  set ${variables} to a running server`
}
