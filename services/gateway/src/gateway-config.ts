import { privacyKeySchema, serviceConfigSchema, sessionSecretSchema } from '@lifeline/service-kit'
import { z } from 'zod'
import { gatewayLimits } from './gateway-limits.ts'
import type { TlsFiles } from './listen-tls.ts'

const count = (min: number) => z.coerce.number().int().min(min)

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

const tlsVariables = ['TLS_CERT_FILE', 'TLS_KEY_FILE', 'TLS_CA_FILE'] as const

/** What the gateway reads from the environment: ports, certificates, folders and limits. */
export const gatewayConfigSchema = serviceConfigSchema
  .extend({
    /** Port for MQTT over TCP. 0 takes any free one. */
    MQTT_PORT: count(0).max(65_535).default(1883),
    /** Port for MQTT over TLS, where there is a certificate. 0 takes any free one. */
    MQTTS_PORT: count(0).max(65_535).default(8883),
    /** PEM files: the broker's certificate, its key, and the authority that signs clients' certificates. */
    TLS_CERT_FILE: z.string().min(1).optional(),
    TLS_KEY_FILE: z.string().min(1).optional(),
    TLS_CA_FILE: z.string().min(1).optional(),
    /** Key that operators' cards are hashed with; the session secret stands in for it. */
    PRIVACY_KEY: privacyKeySchema.optional(),
    SESSION_SECRET: sessionSecretSchema.optional(),
    /** Port for devices that speak frames over plain TCP (7A7A, 7E7E, A55A), which know no secret. Off where it is not set. */
    FRAMES_PORT: count(0).max(65_535).optional(),
    /** Connections on that port. */
    MAX_FRAME_CONNECTIONS: count(1).default(2_000),
    /** Folder of the mappings of one's own; `$DATA_DIR/mappings` where it is not set. */
    MAPPINGS_DIR: z.string().min(1).optional(),
    /** A broker that is there already, `mqtt://`, `mqtts://`, `ws://` or `wss://`: devices may connect there too. */
    EXTERNAL_MQTT_URL: z.url({ protocol: /^(mqtt|ws)s?$/, error: 'mqtt://, mqtts://, ws:// or wss://' }).optional(),
    EXTERNAL_MQTT_USERNAME: z.string().min(1).optional(),
    EXTERNAL_MQTT_PASSWORD: z.string().min(1).optional(),
    /** The session there. Each gateway needs one of its own, and the same after a restart. */
    EXTERNAL_MQTT_CLIENT_ID: z.string().min(1).default('lifeline-gateway'),
    /** Gateways of one group share what devices send; where it is not set a gateway takes all of it. */
    EXTERNAL_MQTT_GROUP: z
      .string()
      .regex(/^[^/+#]+$/)
      .optional(),
    /** Filters, with commas between; those of vendors are to be added. */
    EXTERNAL_MQTT_TOPICS: z.string().min(1).default('v1/+/+/telemetry,v1/+/+/event,v1/+/+/status,v1/+/+/command-ack'),
    /** `1` where several gateways of one machine listen on the same ports. */
    SHARE_PORTS: z.enum(['0', '1']).default('0'),
    /** `1` lets everybody in, for suites that prove the protocol; on the loopback interface only. */
    GATEWAY_LAB: z.enum(['0', '1']).default('0'),
    ...gatewayLimits,
  })
  .refine((config) => new Set(tlsVariables.map((name) => config[name] === undefined)).size === 1, {
    path: [...tlsVariables],
    error: 'belong together: all three are set, or none',
  })
  .refine(({ GATEWAY_LAB, BIND }) => GATEWAY_LAB === '0' || loopback.test(BIND), {
    path: ['BIND'],
    error: 'GATEWAY_LAB=1 lets everybody in, which is for 127.0.0.1, ::1 and localhost only',
  })
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>

/** Where the certificates are; undefined where there are none. */
export function tlsFiles(config: GatewayConfig): TlsFiles | undefined {
  const { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, TLS_CA_FILE: authority } = config
  return certificate === undefined || key === undefined || authority === undefined
    ? undefined
    : { certificate, key, authority }
}
