import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fastifyStatic } from '@fastify/static'
import { ProblemError } from '@lifeline/service-kit'
import type { FastifyInstance } from 'fastify'
import { type MapTiles, tilesOrigin, withTiles } from './map-tiles.ts'
import { newNonce, noncePlaceholder, pagePolicy } from './security-headers.ts'

/** Serves the built app: its files, and its one page for every address that is the app's own. */
export async function serveWebApp(server: FastifyInstance, folder: string, tiles?: MapTiles): Promise<void> {
  await server.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    // Their names hold a hash of what is in them.
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    index: false,
    decorateReply: false,
  })
  server.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound()
    const nonce = newNonce()
    const page = withTiles((await readPage(folder)).replaceAll(noncePlaceholder, nonce), tiles)
    return reply
      .header('content-security-policy', pagePolicy(nonce, tiles && tilesOrigin(tiles)))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page)
  })
}

/** @throws ProblemError 503 where the app has not been built */
export async function readPage(folder: string, name = 'index.html'): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch {
    throw new ProblemError(503, 'Not built', `no web app in ${folder}: run node services/console/src/build.ts`)
  }
}
