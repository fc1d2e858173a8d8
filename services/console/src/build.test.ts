import { execFile } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { noncePlaceholder } from './edge/security-headers.ts'

const run = promisify(execFile)
const build = async (): Promise<string> =>
  (await run(process.execPath, [fileURLToPath(new URL('build.ts', import.meta.url))])).stdout
const built = (name: string): string => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

test('the web app is built once for the same sources, compressed, and with a place for each page’s nonce', async () => {
  await build()
  expect(await build()).toContain('up to date')
  const page = await readFile(built('index.html'), 'utf8')
  expect(page).toContain(`<meta property="csp-nonce" nonce="${noncePlaceholder}">`)
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|https?:/)
  const script = /src="\/(assets\/[^"]+\.js)"/.exec(page)?.[1]
  await access(built(`${script}.gz`))
  expect(await readFile(built(`${script}`), 'utf8')).not.toContain('React DevTools')
}, 120_000)
