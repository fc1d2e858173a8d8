import { closeSync, openSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test, vi } from 'vitest'
import { processStart } from './process-table.ts'
import { SupervisedProcess } from './supervised-process.ts'

const runs = (pid: number): boolean => processStart(pid) !== undefined

/** A real process under supervision that runs `code`; what it prints and how it died can be asked for. */
async function supervise(code: string, command = process.execPath) {
  const folder = await tempFolder()
  const logPath = join(folder.path, 'log')
  const fd = openSync(logPath, 'a')
  const deaths: { how: string; restartInMs: number }[] = []
  const spec = { name: 'probe', command, args: ['-e', code], cwd: folder.path, env: process.env, niceness: 7 }
  const supervised = new SupervisedProcess(spec, fd, {
    onChange: () => {},
    onDeath: (how, restartInMs) => deaths.push({ how, restartInMs }),
  })
  onTestFinished(async () => {
    await supervised.stop()
    closeSync(fd)
    await folder.remove()
  })
  const output = (): string => readFileSync(logPath, 'utf8')
  const printed = (text: string): Promise<void> => vi.waitFor(() => expect(output()).toContain(text), 10_000)
  /** Pid of the process that runs once the one before is gone. */
  const next = (before?: number): Promise<number> =>
    vi.waitFor(() => {
      const { pid } = supervised
      if (pid === undefined || pid === before) throw new Error('not running yet')
      return pid
    }, 10_000)
  return { supervised, deaths, output, printed, next }
}

const forever = 'setInterval(() => {}, 1000); console.log("up")'

test('a killed process is started again, each time after a longer wait', async () => {
  const { supervised, deaths, next } = await supervise(forever)
  supervised.start()
  let pid = await next()
  for (let kill = 0; kill < 3; kill++) {
    process.kill(pid, 'SIGKILL')
    pid = await next(pid)
  }
  expect(deaths).toEqual([
    { how: 'was ended by SIGKILL', restartInMs: 250 },
    { how: 'was ended by SIGKILL', restartInMs: 500 },
    { how: 'was ended by SIGKILL', restartInMs: 1_000 },
  ])
})

test('stop asks the process to end and waits until it has', async () => {
  const { supervised, deaths, output, printed, next } = await supervise(
    `process.on('SIGTERM', () => setTimeout(() => { console.log('tidied'); process.exit(0) }, 300)); ${forever}`,
  )
  supervised.start()
  const pid = await next()
  await printed('up')
  await supervised.stop()
  expect(output()).toContain('tidied')
  expect(runs(pid)).toBe(false)
  expect(deaths).toEqual([])
})

test('a process that does not heed SIGTERM is ended by force after five seconds', async () => {
  const { supervised, printed, next } = await supervise(`process.on('SIGTERM', () => {}); ${forever}`)
  supervised.start()
  const pid = await next()
  await printed('up')
  const before = performance.now()
  await supervised.stop()
  expect(performance.now() - before).toBeGreaterThan(4_900)
  expect(runs(pid)).toBe(false)
})

test('stop while it waits for a restart ends the waiting, and nothing is started any more', async () => {
  const { supervised, deaths } = await supervise('process.exit(7)')
  supervised.start()
  await vi.waitFor(() => expect(deaths.map(({ how }) => how)).toContain('ended with code 7'), 10_000)
  await supervised.stop()
  expect(supervised.pid).toBeUndefined()
})

test('what the process has started itself does not outlive it', async () => {
  const { supervised, output, printed, next } = await supervise(
    `const { spawn } = require('node:child_process')
    console.log('child ' + spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid)`,
  )
  supervised.start()
  const pid = await next()
  await printed('child ')
  const child = Number(/child (\d+)/.exec(output())?.[1])
  expect(runs(child)).toBe(true)
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(runs(child)).toBe(false), 10_000)
})

test('a process stands back as far as it is told to, each time it is started', async () => {
  const { supervised, next } = await supervise(forever)
  supervised.start()
  const first = await next()
  expect(getPriority(first)).toBe(7)
  process.kill(first, 'SIGKILL')
  expect(getPriority(await next(first))).toBe(7)
})

test('a process may be started again after it was stopped', async () => {
  const { supervised, next } = await supervise(forever)
  supervised.start()
  const first = await next()
  await supervised.stop()
  supervised.start()
  expect(await next()).not.toBe(first)
})
