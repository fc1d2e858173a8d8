import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger, Registry } from '@lifeline/service-kit'
import { freePort, tempFolder } from '@lifeline/test-support'
import { createEdgeServer } from '../edge-server.ts'
import { type UpstreamName, type Upstreams, upstreamNames } from '../upstream.ts'
import { type Answer, answers, type SmallUpstream, startUpstream } from './small-upstream.ts'

export interface EdgeWorld {
  readonly url: string
  /** Ends one of the services; its port refuses from then on. */
  stopService(name: UpstreamName): Promise<void>
  remove(): Promise<void>
}

const healthy = answers({ '/healthz': [200, { ok: true, reasons: [] }] })

/**
 * An edge server before five small services.
 * @param given what services answer; the others are only healthy. `down` is a port where nobody listens.
 */
export async function edgeWorld(given: Partial<Record<UpstreamName, Answer | 'down'>> = {}): Promise<EdgeWorld> {
  const started = new Map<UpstreamName, SmallUpstream>()
  const urls = new Map<UpstreamName, string>()
  for (const name of upstreamNames) {
    const answer = given[name] ?? healthy
    if (answer === 'down') {
      urls.set(name, `http://127.0.0.1:${await freePort()}`)
    } else {
      const upstream = await startUpstream(answer)
      started.set(name, upstream)
      urls.set(name, upstream.url)
    }
  }
  const folder = await tempFolder()
  await mkdir(join(folder.path, 'assets'))
  await writeFile(join(folder.path, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="root">')
  await mkdir(join(folder.path, 'rescuer'))
  await writeFile(join(folder.path, 'rescuer', 'index.html'), '<link nonce="__CSP_NONCE__"><main id="page">')
  await writeFile(join(folder.path, 'assets', 'main-1a2b.js'), 'export {}')
  const server = await createEdgeServer({
    logger: createLogger('console', 'fatal'),
    metrics: new Registry(),
    upstreams: Object.fromEntries(urls) as Upstreams,
    webFolder: folder.path,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    stopService: async (name) => started.get(name)?.stop(),
    remove: async () => {
      await server.close()
      await Promise.all([...started.values()].map((upstream) => upstream.stop()))
      await folder.remove()
    },
  }
}
