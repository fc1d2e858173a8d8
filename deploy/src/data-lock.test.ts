import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test } from 'vitest'
import { DataLock } from './data-lock.ts'
import { processStart } from './process-table.ts'

async function dataFolder(): Promise<string> {
  const { path, remove } = await tempFolder()
  onTestFinished(remove)
  return path
}

async function running(code: string): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', `${code}; console.log('up')`])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return Object.assign(child, { pid: child.pid ?? 0 })
}

const noLeftovers = (name: string): never => {
  throw new Error(`${name} is no leftover`)
}

test('a second launcher on the same data is refused and told of the first', async () => {
  const folder = await dataFolder()
  const lock = await DataLock.take(folder, noLeftovers)
  const second = DataLock.take(folder, noLeftovers)
  await expect(second).rejects.toMatchObject({ code: 'DATA_IN_USE' })
  await expect(second).rejects.toThrow(`process ${process.pid}`)
  lock.release()
  ;(await DataLock.take(folder, noLeftovers)).release()
})

test('what a killed launcher left running is ended, and its lock taken over', async () => {
  const folder = await dataFolder()
  const lock = await DataLock.take(folder, noLeftovers)
  const stubborn = await running(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`)
  const meek = await running('setInterval(() => {}, 1000)')
  lock.record({ engine: stubborn.pid, influxd: meek.pid })
  // As if the launcher had been another process, that is no more.
  const path = join(folder, 'launcher.json')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(`"pid": ${process.pid}`, '"pid": 4194305'))

  const ended: string[] = []
  const next = await DataLock.take(folder, (name, pid) => ended.push(`${name} ${pid}`))
  expect(ended).toEqual([`engine ${stubborn.pid}`, `influxd ${meek.pid}`])
  expect([stubborn.pid, meek.pid].map(processStart)).toEqual([undefined, undefined])
  next.release()
})

test('a process that merely got the id of an old one is left alone', async () => {
  const folder = await dataFolder()
  const stranger = await running('setInterval(() => {}, 1000)')
  const old = { name: 'launcher', pid: stranger.pid, start: '1' }
  writeFileSync(
    join(folder, 'launcher.json'),
    JSON.stringify({ launcher: old, children: [{ ...old, name: 'engine' }] }),
  )
  const lock = await DataLock.take(folder, noLeftovers)
  expect(processStart(stranger.pid)).toBeDefined()
  lock.release()
})
