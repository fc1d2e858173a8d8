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

async function runTests(): Promise<{ passed: number; failed: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-tests-'))
  const report = join(folder, 'report.json')
  const green = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const result = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number }
  rmSync(folder, { recursive: true })
  // A file that cannot even be loaded fails no test of its own.
  const failed = result.numFailedTests === 0 && !green ? 1 : result.numFailedTests
  return { passed: result.numPassedTests, failed }
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
