/**
 * Every benchmark, one after the other, each in a process of its own, and one table at the end:
 * `pnpm bench [--seconds 60] [--only pipeline,alarm]`. Each is also a command of its own, with its settings in its file.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type BenchRow, machine, tableOf } from './bench-row.ts'

const { values } = parseArgs({
  options: {
    /** Of the load on the whole pipeline. */
    seconds: { type: 'string', default: '60' },
    only: { type: 'string' },
  },
})
const benches: Readonly<Record<string, readonly string[]>> = {
  ingest: [],
  pipeline: ['--seconds', values.seconds],
  rules: [],
  alarm: [],
  recovery: [],
  historian: [],
  overload: [],
  cost: [],
  door: ['--rounds', '2'],
}
const only = values.only?.split(',') ?? Object.keys(benches)
const unknown = only.filter((name) => benches[name] === undefined)
if (unknown.length > 0)
  throw new Error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)

console.log(`machine    ${machine()}`)
const rows: BenchRow[] = []
const failed: string[] = []
for (const name of only) {
  console.log(`\n== ${name}`)
  const child = fork(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), benches[name], {
    execPath: process.execPath,
  })
  child.on('message', (row: BenchRow) => rows.push(row))
  const [code] = await once(child, 'exit')
  if (code !== 0) failed.push(name)
}
console.log(`\nmachine: ${machine()}\n\n${tableOf(rows)}`)
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
