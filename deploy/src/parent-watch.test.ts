import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test } from 'vitest'
import { signalProcess } from './process-table.ts'

const watcher = `
import { packageRunners, watchPackageRunners } from '${import.meta.dirname}/parent-watch.ts'
setInterval(() => {}, 1000)
watchPackageRunners(() => { console.log('gone'); process.exit() })
console.log('self ' + process.pid)
console.log('runners ' + packageRunners().join(' '))
`

async function run(command: string, args: string[]) {
  const { path, remove } = await tempFolder()
  onTestFinished(remove)
  await writeFile(join(path, 'watcher.ts'), watcher)
  const scripts = { start: `sh -c '${process.execPath} watcher.ts; true'; true` }
  await writeFile(
    join(path, 'package.json'),
    JSON.stringify({ name: 'watched', version: '1.0.0', type: 'module', scripts }),
  )
  const child = spawn(command, args, { cwd: path, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  /** The next line that begins so. */
  const line = async (start: string): Promise<string> => {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      if (next.value.startsWith(start)) return next.value
    }
    throw new Error(`it ended without a line "${start}"`)
  }
  const self = Number((await line('self')).slice(5))
  onTestFinished(() => signalProcess(self, 'SIGKILL'))
  return { child, self, line }
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'the end of the package runner by %s, however many shells are between, is noticed',
  async (signal) => {
    const { child, self, line } = await run('npm', ['run', 'start'])
    const runners = (await line('runners')).split(' ').slice(1).map(Number)
    expect(runners.at(-1)).toBe(child.pid)
    expect(runners.length).toBeGreaterThan(2)
    child.kill(signal)
    // npm hands a SIGTERM on to its shell, which goes; who was not told notices.
    expect(await line('gone')).toBe('gone')
    expect(self).not.toBe(child.pid)
  },
)

test('started without one, nobody is watched: its shell may leave it running', async () => {
  const { line } = await run('sh', ['-c', `${process.execPath} watcher.ts; true`])
  expect(await line('runners')).toBe('runners ')
})
