import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The whole proof, in one command: what the tests need is installed, then types, lint (which keeps the borders between packages)
 * and all tests run.
 * Ends with `N passed, M failed`; exit code 1 where anything failed.
 */
const root = fileURLToPath(new URL('..', import.meta.url))

/** Programs the tests run for real, and the Debian packages they come in. */
const programs = {
  'nats-server': 'nats-server',
  influxd: 'influxdb',
  mosquitto: 'mosquitto',
  mosquitto_pub: 'mosquitto-clients',
  chromium: 'chromium',
} as const

function installMissing(): void {
  const missing = Object.entries(programs).filter(([program]) => spawnSync('which', [program]).status !== 0)
  if (missing.length === 0) return
  const packages = [...missing.map(([, name]) => name), 'fonts-noto-cjk']
  console.log(`installing ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]): void => {
    const { status } = spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
    if (status !== 0)
      throw new Error(`apt-get ${args.join(' ')} failed; install these packages by hand, then run again`)
  }
  apt('update')
  apt('install', '-y', '--no-install-recommends', ...packages)
}

/** Whether a program of node_modules/.bin ends with 0; its output is the reader's. */
function run(program: string, args: readonly string[]): Promise<boolean> {
  console.log(`\n▶ ${program} ${args.join(' ')}`)
  const child = spawn(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** The web app that the tests open; two builds at once would be in each other's way. */
function buildConsole(): Promise<boolean> {
  return run('node', ['services/console/src/build.ts'])
}

/** So many files with failures are looked at again; more are no accident of a busy machine. */
const mostUnsteady = 3

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: Result[]
  }[]
}
interface Result {
  readonly status: string
  readonly fullName: string
}

/** Runs all test files, or those named. @returns whether all was well, and the results by file */
async function vitest(files: readonly string[] = []): Promise<{ green: boolean; byFile: Map<string, Result[]> }> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-tests-'))
  const path = join(folder, 'report.json')
  const green = await run('vitest', [
    'run',
    ...files,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
  ])
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report
  rmSync(folder, { recursive: true })
  const failedFile: Result = { status: 'failed', fullName: 'the file could not be run' }
  return {
    green,
    byFile: new Map(
      testResults.map(({ name, status, assertionResults: all }) => [
        name,
        // A file that cannot even be loaded fails no test of its own.
        status === 'failed' && !all.some((result) => result.status === 'failed') ? [...all, failedFile] : all,
      ]),
    ),
  }
}

const failures = (results: readonly Result[]): Result[] => results.filter(({ status }) => status === 'failed')

/**
 * All tests. Those with real servers and processes share two cores; a file with failures runs once more when it has the
 * machine to itself. What fails again has failed; what passes then is named, as it wants mending too.
 */
async function runTests(): Promise<{ passed: number; failed: number }> {
  const { green, byFile } = await vitest()
  const failedFiles = [...byFile].filter(([, results]) => failures(results).length > 0).map(([file]) => file)
  const again = failedFiles.length <= mostUnsteady ? failedFiles : []
  const unsteady: string[] = []
  let well = green || again.length > 0
  for (const file of again) {
    const second = await vitest([file])
    well &&= second.green
    const results = second.byFile.get(file) ?? []
    if (failures(results).length === 0) unsteady.push(...failures(byFile.get(file) ?? []).map((it) => it.fullName))
    byFile.set(file, results)
  }
  for (const name of unsteady) console.log(`unsteady: ${name}`)
  const all = [...byFile.values()].flat()
  const failed = failures(all).length
  return {
    passed: all.filter(({ status }) => status === 'passed').length,
    // Errors outside of any test count as well.
    failed: failed === 0 && !well ? 1 : failed,
  }
}

installMissing()
const checks = [
  await run('tsc', ['-p', 'tsconfig.json']),
  await run('tsc', ['-p', 'services/console/tsconfig.web.json']),
  await run('biome', ['check', '--error-on-warnings', '.']),
  await buildConsole(),
]
const tests = await runTests()
const passed = tests.passed + checks.filter((check) => check).length
const failed = tests.failed + checks.filter((check) => !check).length
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
