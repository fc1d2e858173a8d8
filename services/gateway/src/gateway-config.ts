import { privacyKeySchema, serviceConfigSchema, sessionSecretSchema } from '@lifeline/service-kit'
import { z } from 'zod'

const count = (min: number) => z.coerce.number().int().min(min)

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

/** What the gateway reads from the environment: ports, and the limits that keep one client from harming another. */
export const gatewayConfigSchema = serviceConfigSchema
  .extend({
    /** Port for MQTT over TCP. 0 takes any free one. */
    MQTT_PORT: count(0).max(65_535).default(1883),
    /** PUBLISHes of one connection that may wait for the log; then no more is read from it until some are stored. */
    MAX_UNACKNOWLEDGED: count(1).default(1_000),
    /** Bytes of one connection that may wait for the log. One payload always may. */
    MAX_CONNECTION_BYTES: count(1).default(1024 * 1024),
    /** Bytes of all connections together that may wait for the log, as they do while NATS is away. */
    MAX_PENDING_BYTES: count(1).default(128 * 1024 * 1024),
    /** Key that operators' cards are hashed with; the session secret stands in for it. */
    PRIVACY_KEY: privacyKeySchema.optional(),
    SESSION_SECRET: sessionSecretSchema.optional(),
    /** Port for devices that speak frames over plain TCP (7A7A, 7E7E, A55A), which know no secret. Off where it is not set. */
    FRAMES_PORT: count(0).max(65_535).optional(),
    /** Connections on that port. */
    MAX_FRAME_CONNECTIONS: count(1).default(2_000),
    /** Folder of the mappings of one's own; `$DATA_DIR/mappings` where it is not set. */
    MAPPINGS_DIR: z.string().min(1).optional(),
    /** Bytes of a packet other than PUBLISH. */
    MAX_CONTROL_BYTES: count(16).default(64 * 1024),
    /** Seconds from TCP connection to accepted CONNECT. */
    CONNECT_SECONDS: count(1).default(10),
    /** Messages kept for a client with a persistent session that is away or does not answer. */
    MAX_QUEUED_MESSAGES: count(1).default(1_000),
    /** Messages down to a client that it has not answered; then it is cut. More than are kept for it, or it could never catch up. */
    MAX_INFLIGHT: count(1).default(2_000),
    /** Filters in one SUBSCRIBE or UNSUBSCRIBE. */
    MAX_FILTERS: count(1).default(1_000),
    /** `1` lets everybody in, for suites that prove the protocol; on the loopback interface only. */
    GATEWAY_LAB: z.enum(['0', '1']).default('0'),
  })
  .refine(({ GATEWAY_LAB, BIND }) => GATEWAY_LAB === '0' || loopback.test(BIND), {
    path: ['BIND'],
    error: 'GATEWAY_LAB=1 lets everybody in, which is for 127.0.0.1, ::1 and localhost only',
  })
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>
