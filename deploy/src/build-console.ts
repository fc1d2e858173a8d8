import { join } from 'node:path'
import { withDeathSignal } from './death-signal.ts'
import { LaunchError } from './launch-error.ts'
import { projectRoot } from './project-root.ts'
import { runCommand } from './run-command.ts'

/**
 * Builds the console's web app.
 * @throws LaunchError BUILD_FAILED with the end of what the build wrote
 */
export async function buildConsole(signal: AbortSignal): Promise<void> {
  const script = join(projectRoot, 'services/console/src/build.ts')
  const { code, output } = await runCommand(...withDeathSignal(process.execPath, [script]), {
    cwd: join(projectRoot, 'services/console'),
    signal,
  })
  signal.throwIfAborted()
  if (code !== 0) throw new LaunchError('BUILD_FAILED', `Not started: the console could not be built.\n${output}`)
}
