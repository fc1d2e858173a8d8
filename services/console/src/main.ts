import { fileURLToPath } from 'node:url'
import { runService, serviceConfigSchema } from '@lifeline/service-kit'
import { z } from 'zod'
import { createEdgeServer } from './edge/edge-server.ts'
import { mapTilesUrlSchema } from './edge/map-tiles.ts'
import { readPage } from './edge/web-app.ts'

const webFolder = fileURLToPath(new URL('../dist', import.meta.url))
/** One URL for each instance of the service, with commas between. */
const urls = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1))

const schema = serviceConfigSchema.extend({
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(9633),
  GATEWAY_URL: urls,
  ENGINE_URL: urls,
  HISTORIAN_URL: urls,
  REGISTRY_URL: urls,
  DISPATCH_URL: urls,
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
