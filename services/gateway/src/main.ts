import { runService } from '@lifeline/service-kit'
import { startGateway } from './gateway.ts'
import { gatewayConfigSchema } from './gateway-config.ts'

await runService('gateway', gatewayConfigSchema, startGateway)
