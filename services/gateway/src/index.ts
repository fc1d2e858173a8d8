export { startGateway } from './gateway.ts'
export { type GatewayConfig, gatewayConfigSchema } from './gateway-config.ts'
