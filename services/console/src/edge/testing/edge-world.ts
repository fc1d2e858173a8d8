import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger, Registry } from '@lifeline/service-kit'
import { freePort, tempFolder } from '@lifeline/test-support'
import { createEdgeServer } from '../edge-server.ts'
import { type UpstreamName, type Upstreams, upstreamNames } from '../upstream.ts'
import { type Answer, answers, type SmallUpstream, startUpstream } from './small-upstream.ts'

export interface EdgeWorld {
  readonly url: string
  /** Ends one of the services, or one of its instances; its port refuses from then on. */
  stopService(name: UpstreamName, instance?: number): Promise<void>
  remove(): Promise<void>
}

type Given = Answer | 'down'

const startGiven = async (given: Given): Promise<SmallUpstream | undefined> =>
  given === 'down' ? undefined : startUpstream(given)

const healthy = answers({ '/healthz': [200, { ok: true, reasons: [] }] })

/**
 * An edge server before five small services.
 * @param given what services answer, or each of their instances; the others are only healthy. `down` is a port where
 *   nobody listens.
 */
export async function edgeWorld(
  given: Partial<Record<UpstreamName, Given | readonly Given[]>> = {},
): Promise<EdgeWorld> {
  const started = new Map<UpstreamName, (SmallUpstream | undefined)[]>()
  const urls = new Map<UpstreamName, string[]>()
  for (const name of upstreamNames) {
    const upstreams = await Promise.all([given[name] ?? healthy].flat().map(startGiven))
    started.set(name, upstreams)
    urls.set(name, await Promise.all(upstreams.map(async (one) => one?.url ?? `http://127.0.0.1:${await freePort()}`)))
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
    upstreams: Object.fromEntries(urls) as unknown as Upstreams,
    webFolder: folder.path,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    stopService: async (name, instance = 0) => started.get(name)?.[instance]?.stop(),
    remove: async () => {
      await server.close()
      await Promise.all([...started.values()].flat().map((upstream) => upstream?.stop()))
      await folder.remove()
    },
  }
}
