import { createHash } from 'node:crypto'
import { glob, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { noncePlaceholder } from './edge/security-headers.ts'

/**
 * Builds the web app into `dist`, unless what is there was built from the same sources: run as often as you like.
 * The old build stays in use until the new one is whole.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'dist')
/** The desk's app, and the rescuer's small page, which shares nothing with it. */
const pages = ['index.html', 'rescuer/index.html']
const stampFile = join(target, 'sources.sha256')

/** A hash of all that the build is made of: the app, the build itself, and the versions it takes. */
async function sourceStamp(): Promise<string> {
  const entries = await readdir(join(root, 'src/web'), { recursive: true, withFileTypes: true })
  const sources = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
  const names = sources.map(({ parentPath, name }) => relative(root, join(parentPath, name)))
  const hash = createHash('sha256')
  for (const name of ['package.json', 'src/build.ts', ...names.toSorted()]) {
    hash.update(`${name}\0`).update(await readFile(join(root, name)))
  }
  return hash.digest('hex')
}

const builtStamp = (): Promise<string | undefined> => readFile(stampFile, 'utf8').catch(() => undefined)

async function buildInto(folder: string): Promise<void> {
  // Whoever builds, in a test too: what is served is the same.
  process.env.NODE_ENV = 'production'
  // Loaded only where there is something to build: every start asks.
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    configFile: false,
    root: join(root, 'src/web'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    html: { cspNonce: noncePlaceholder },
    build: {
      outDir: folder,
      rolldownOptions: { input: pages.map((page) => join(root, 'src/web', page)) },
      emptyOutDir: true,
      target: 'es2022',
      // A data: URL would need an exception in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
    },
  })
  for await (const name of glob('assets/*.{js,css,svg}', { cwd: folder })) {
    await writeFile(join(folder, `${name}.gz`), gzipSync(await readFile(join(folder, name)), { level: 9 }))
  }
}

const stamp = await sourceStamp()
if ((await builtStamp()) === stamp) {
  console.log('console: the web app is up to date')
} else {
  const startedAt = performance.now()
  const folder = join(root, 'node_modules', `.build-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await buildInto(folder)
    await writeFile(join(folder, 'sources.sha256'), stamp)
    await rm(target, { recursive: true, force: true })
    await rename(folder, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  console.log(`console: the web app is built, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}
