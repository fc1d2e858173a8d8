import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test, vi } from 'vitest'
import { processStart } from './process-table.ts'
import { Supervisor } from './supervisor.ts'

async function supervisorIn() {
  const { path, remove } = await tempFolder()
  const said: string[] = []
  const supervisor = new Supervisor(
    path,
    (line) => said.push(line),
    () => {},
  )
  onTestFinished(async () => {
    await supervisor.stop()
    await remove()
  })
  const start = async (name: string, code: string): Promise<number> => {
    supervisor.start({ name, command: process.execPath, args: ['-e', code], cwd: path, env: process.env })
    await vi.waitFor(() => expect(readFileSync(join(path, `${name}.log`), 'utf8')).toContain('up'), 10_000)
    return supervisor.pids()[name] ?? 0
  }
  return { path, supervisor, said, start }
}

const noting = (name: string): string =>
  `process.on('SIGTERM', () => { require('node:fs').appendFileSync('ends', '${name} '); process.exit() })
  setInterval(() => {}, 1000)
  console.log('up')`

test('stop ends all, the last started first, and leaves no process', async () => {
  const { path, supervisor, start } = await supervisorIn()
  const pids: number[] = []
  for (const name of ['nats-server', 'registry', 'engine']) pids.push(await start(name, noting(name)))
  await supervisor.stop()
  expect(readFileSync(join(path, 'ends'), 'utf8')).toBe('engine registry nats-server ')
  expect(pids.map(processStart)).toEqual([undefined, undefined, undefined])
  expect(supervisor.pids()).toEqual({})
})

test('warnings and deaths are said with the name before them, and information is only in the log', async () => {
  const { said, start } = await supervisorIn()
  const line = (level: number, msg: string): string => JSON.stringify({ level, time: 0, msg })
  await start('engine', `console.log('${line(30, 'up')}'); console.log('${line(40, 'late')}'); process.exit(3)`)
  await vi.waitFor(() => expect(said.at(-1)).toMatch(/^\[engine\] ended with code 3; started again in/), 10_000)
  expect(said[0]).toMatch(/^\[engine\] \d\d:\d\d:\d\d warn late$/)
  expect(said.join()).not.toContain('info')
})

test('a held process stays away until it is released', async () => {
  const { supervisor, said, start } = await supervisorIn()
  const first = await start('influxd', noting('influxd'))
  await supervisor.hold('influxd', 'SIGKILL')
  expect(supervisor.pids()).toEqual({})
  supervisor.release('influxd')
  await vi.waitFor(() => expect(supervisor.pids().influxd).toBeGreaterThan(0), 10_000)
  expect(supervisor.pids().influxd).not.toBe(first)
  expect(said.join()).not.toContain('started again')
  expect(() => supervisor.release('influx')).toThrow('no process influx; there are influxd')
})
