import { fileURLToPath } from 'node:url'
import { runService, serviceConfigSchema } from '@lifeline/service-kit'
import { z } from 'zod'
import { createEdgeServer } from './edge/edge-server.ts'
import { mapTilesUrlSchema } from './edge/map-tiles.ts'
import { readPage } from './edge/web-app.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
const url = z.url({ protocol: /^https?$/ })

const schema = serviceConfigSchema.extend({
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(9633),
  GATEWAY_URL: url,
  ENGINE_URL: url,
  HISTORIAN_URL: url,
  REGISTRY_URL: url,
  DISPATCH_URL: url,
  MAP_TILES_URL: mapTilesUrlSchema.optional(),
  MAP_TILES_ATTRIBUTION: z.string().max(200).default(''),
})

await runService('console', schema, async ({ config, logger, metrics }) => {
  await readPage(webFolder)
  const server = await createEdgeServer({
    logger,
    metrics,
    webFolder,
    ...(config.MAP_TILES_URL === undefined
      ? {}
      : { mapTiles: { url: config.MAP_TILES_URL, attribution: config.MAP_TILES_ATTRIBUTION } }),
    upstreams: {
      gateway: config.GATEWAY_URL,
      engine: config.ENGINE_URL,
      historian: config.HISTORIAN_URL,
      registry: config.REGISTRY_URL,
      dispatch: config.DISPATCH_URL,
    },
  })
  await server.listen({ host: config.BIND, port: config.HTTP_PORT })
  logger.info({ address: server.server.address() }, 'console listens')
  return () => server.close()
})
