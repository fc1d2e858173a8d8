/**
 * Each guarantee that the adversary checks, broken once on purpose in a copy of the tree: its check must say so.
 * `pnpm test:mutations [G3]`. Ends with 1 where a broken guarantee went unnoticed.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tempFolder } from '@lifeline/test-support'
import { entrapAtMs, type Mutation, mutations } from './mutations.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const leftOut = new Set(['node_modules', '.git', '.data'])
const [only] = process.argv.slice(2)

let unnoticed = 0
for (const mutation of mutations) {
  if (only !== undefined && mutation.guarantee !== only) continue
  const broken = await runMutant(mutation)
  const bitten = broken.find((line) => mutation.bites.test(line))
  if (bitten === undefined) unnoticed++
  console.log(`${mutation.guarantee}  ${bitten === undefined ? 'NOT NOTICED' : 'noticed'}: ${mutation.what}`)
  for (const line of bitten === undefined ? broken : [bitten]) console.log(`    ${line.slice(0, 200)}`)
}
process.exitCode = unnoticed === 0 ? 0 : 1

async function runMutant({ file, changes, steps }: Mutation): Promise<string[]> {
  const folder = await tempFolder()
  try {
    cpSync(root, folder.path, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !leftOut.has(relative(root, path)),
    })
    symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'))
    const path = join(folder.path, file)
    let text = readFileSync(path, 'utf8')
    for (const [from, to] of changes) {
      if (text.split(from).length !== 2) throw new Error(`${file} has not one "${from}": the mutation is out of date`)
      text = text.replace(from, () => to)
    }
    writeFileSync(path, text)
    const plan = JSON.stringify({ seed: 0, steps, entrapAtMs })
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(folder.path, 'test/faults/mutations/run-plan.ts'), plan],
      { cwd: folder.path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    )
    if (status !== 0) throw new Error(`the mutant of ${file} ended with ${status}: ${stdout}`)
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[]
  } finally {
    await folder.remove()
  }
}
