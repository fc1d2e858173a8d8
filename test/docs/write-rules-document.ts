import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rulesDocument } from './rules-document.ts'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))

await rm(`${docs}rules`, { recursive: true, force: true })
for (const [path, text] of rulesDocument()) {
  await mkdir(dirname(docs + path), { recursive: true })
  await writeFile(docs + path, text)
}
