import { loadMapping } from '../mapping/mapping-folder.ts'
import { MappingError } from '../mapping/mapping-schema.ts'
import { checkMapping } from './check-mapping.ts'
import { readSamples } from './sample.ts'

const [mapping, sample] = process.argv.slice(2).map((file) => file.trim())
if (mapping === undefined) {
  console.error('pnpm mapping:check FILE [SAMPLE]: whether a mapping is right, and what it makes of a sample')
  process.exit(2)
}
try {
  const format = await loadMapping(mapping)
  console.log(`${mapping}: ${format.mapping.messages.length} messages, right as far as a mapping can be`)
  if (sample !== undefined) {
    const { lines, ok } = checkMapping(format, await readSamples(sample), Date.now())
    console.log(lines.join('\n'))
    process.exitCode = ok ? 0 : 1
  }
} catch (error) {
  const plain = error instanceof MappingError || (error as NodeJS.ErrnoException).code === 'ENOENT'
  console.error(plain ? (error as Error).message : error)
  process.exitCode = 1
}
