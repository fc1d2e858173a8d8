import { existsSync } from 'node:fs'
import { findProgram } from './find-program.ts'
import { type CommandResult, runCommand } from './run-command.ts'

/**
 * Installs packages of Debian or Ubuntu, where apt-get is there and may be used: as root or by password-less sudo.
 * The services that such packages start by themselves are stopped and switched off again. An abort ends a download
 * but lets a package be set up to its end.
 * @returns why it could not be done; undefined where it was
 */
export async function installDebianPackages(
  packages: readonly string[],
  folders: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const apt = findProgram('apt-get', folders)
  if (apt === undefined) return 'apt-get is not there'
  const asRoot = await rootPrefix(folders)
  if (asRoot === undefined) return 'apt-get needs root, and sudo asks for a password or is not there'

  const run = (command: string, ...args: string[]): Promise<CommandResult> => {
    const [program = command, ...rest] = [...asRoot, command, ...args]
    // apt-get passes a SIGINT by while dpkg works.
    return runCommand(program, rest, { signal, stopWith: 'SIGINT' })
  }
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_SUSPEND=1']
  const runApt = (...args: string[]): Promise<CommandResult> => {
    const [program = apt, ...rest] = [...environment, apt, '-o', 'DPkg::Lock::Timeout=120', ...args]
    return run(program, ...rest)
  }
  // Never at the cost of a package that is there, such as another maker's InfluxDB.
  const install = (): Promise<CommandResult> =>
    runApt('install', '-y', '--no-install-recommends', '--no-remove', ...packages)

  say(`installing ${packages.join(' and ')} by apt-get`)
  let result = await install()
  if (result.code !== 0 && !signal.aborted) {
    say('apt-get update, since its lists are missing or old')
    await runApt('update')
    if (!signal.aborted) result = await install()
  }
  if (result.code !== 0) return `apt-get install ${packages.join(' ')}: ${reasonIn(result)}`
  await switchOffServices(packages, folders, run)
  return undefined
}

/** The start of a command that is to run as root: nothing as root, sudo where it asks for no password. */
async function rootPrefix(folders: readonly string[]): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return []
  const sudo = findProgram('sudo', folders)
  if (sudo === undefined) return undefined
  return (await runCommand(sudo, ['-n', 'true'])).code === 0 ? [sudo, '-n'] : undefined
}

/** Debian's servers start as system services when installed; those would take the ports, and outlive the launcher. */
async function switchOffServices(
  names: readonly string[],
  folders: readonly string[],
  run: (command: string, ...args: string[]) => Promise<CommandResult>,
): Promise<void> {
  const systemctl = findProgram('systemctl', folders)
  if (systemctl !== undefined && existsSync('/run/systemd/system')) {
    await run(systemctl, 'disable', '--now', ...names)
    return
  }
  for (const name of names) {
    const script = `/etc/init.d/${name}`
    if (!existsSync(script)) continue
    await run(script, 'stop')
    const updateRc = findProgram('update-rc.d', folders)
    if (updateRc !== undefined) await run(updateRc, name, 'disable')
  }
}

function reasonIn({ output }: CommandResult): string {
  const errors = output.split('\n').filter((line) => line.startsWith('E: '))
  return (errors.length > 0 ? errors : output.split('\n').slice(-1)).join(' ')
}
