import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { launch } from './launch.ts'
import { readLaunchConfig } from './launch-config.ts'
import { LaunchError } from './launch-error.ts'
import { watchPackageRunners } from './parent-watch.ts'
import { credentialsFile } from './service-specs.ts'

const credentialsSchema = z.object({ users: z.array(z.object({ name: z.string() })).min(1) })

/** One line on the terminal, with the seconds since the start. */
function say(line: string): void {
  process.stdout.write(`${(performance.now() / 1_000).toFixed(1).padStart(6)} s  ${line}\n`)
}

function sayReady(url: string, dataDir: string): void {
  const file = credentialsFile(dataDir)
  const { users } = credentialsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  say('ready')
  process.stdout.write(`
  Console   ${url}/
  Sign in   as ${users[0]?.name}; the passwords are in ${file}
  Logs      ${dataDir}/logs
  Stop      Ctrl-C

`)
}

/** Runs Lifeline until it is told to stop. Returns the exit code. */
async function start(): Promise<number> {
  const stop = new AbortController()
  const stopFor = (reason: string) => () => {
    if (stop.signal.aborted) return
    say(`stopping: ${reason}`)
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopFor(signal))
  watchPackageRunners(stopFor('the command that started it has ended'))
  // Whoever read the output has gone; that is no reason to end, but there is nobody left to tell.
  process.stdout.on('error', () => {})

  const { signal } = stop
  try {
    const [major] = process.versions.node.split('.')
    if (Number(major) < 24) {
      throw new LaunchError(
        'CONFIG_INVALID',
        `Not started: this is Node ${process.version}, and 24 or newer is needed. \`npx -y pnpm@12 start\` brings it.`,
      )
    }
    const config = readLaunchConfig(process.argv.slice(2), process.env)
    const { urls, stop: stopAll } = await launch({ ...config, signal, say })
    if (!signal.aborted) sayReady(urls.http, config.dataDir)
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    await stopAll()
  } catch (error) {
    if (!signal.aborted) {
      if (!(error instanceof LaunchError)) throw error
      process.stderr.write(`${error.message}\n`)
      return 1
    }
  }
  say('stopped; nothing of it runs any more')
  return 0
}

process.exit(await start())
