import { serviceConfigSchema } from '@lifeline/service-kit'
import { z } from 'zod'

const count = (min: number) => z.coerce.number().int().min(min)

/** What the gateway reads from the environment: ports, and the limits that keep one client from harming another. */
export const gatewayConfigSchema = serviceConfigSchema.extend({
  /** Port for MQTT over TCP. 0 takes any free one. */
  MQTT_PORT: count(0).max(65_535).default(1883),
  /** PUBLISHes of one connection that may wait for the log; then no more is read from it until some are stored. */
  MAX_UNACKNOWLEDGED: count(1).default(1_000),
  /** Bytes of one connection that may wait for the log. One payload always may. */
  MAX_CONNECTION_BYTES: count(1).default(1024 * 1024),
  /** Bytes of all connections together that may wait for the log, as they do while NATS is away. */
  MAX_PENDING_BYTES: count(1).default(128 * 1024 * 1024),
  /** Bytes of a packet other than PUBLISH. */
  MAX_CONTROL_BYTES: count(16).default(64 * 1024),
  /** Seconds from TCP connection to accepted CONNECT. */
  CONNECT_SECONDS: count(1).default(10),
  /** Messages kept for a client with a persistent session that is away or does not answer. */
  MAX_QUEUED_MESSAGES: count(1).default(1_000),
})
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>
