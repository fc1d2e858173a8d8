import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { expect, onTestFinished, test } from 'vitest'
import { ProcessLog } from './process-log.ts'

async function openLog(maxBytes?: number) {
  const folder = await tempFolder()
  const path = join(folder.path, 'logs', 'engine.log')
  const lines: string[] = []
  const log = new ProcessLog(path, (line) => lines.push(line), maxBytes)
  onTestFinished(async () => {
    log.close()
    await folder.remove()
  })
  return { path, lines, log }
}

test('lines are told whole, also where one was written in pieces', async () => {
  const { path, lines, log } = await openLog()
  const written = Buffer.from('电梯困人\nsecond\nthird')
  appendFileSync(path, written.subarray(0, 4))
  log.read()
  expect(lines).toEqual([])
  appendFileSync(path, written.subarray(4))
  log.read()
  expect(lines).toEqual(['电梯困人', 'second'])
})

test('a file that grew too long becomes the old one, and the next lines start a new one', async () => {
  const { path, lines, log } = await openLog(1_000)
  appendFileSync(path, `${'a'.repeat(1_200)}\n`)
  log.read()
  expect(statSync(path).size).toBe(0)
  expect(statSync(`${path}.1`).size).toBe(1_201)
  appendFileSync(path, 'after\n')
  log.read()
  expect(readFileSync(path, 'utf8')).toBe('after\n')
  expect(lines).toEqual(['a'.repeat(1_200), 'after'])
})

test('what an earlier run wrote is kept and not told again', async () => {
  const { path, log } = await openLog()
  appendFileSync(path, 'first run\n')
  log.read()
  const lines: string[] = []
  const second = new ProcessLog(path, (line) => lines.push(line))
  appendFileSync(path, 'second run\n')
  second.close()
  expect(lines).toEqual(['second run'])
  expect(readFileSync(path, 'utf8')).toBe('first run\nsecond run\n')
})
