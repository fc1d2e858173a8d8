import type { NatsConnection } from 'nats'

/** What a nats-server of the connected version can do; the one place that knows. */
export interface ServerFeatures {
  /** S2 compression of file streams, from 2.10. Older servers ignore the option silently. */
  readonly streamCompression: boolean
}

/** @throws Error where the server is older than 2.9, the first version whose JetStream has all that is relied on */
export function serverFeatures(connection: NatsConnection): ServerFeatures {
  const version = connection.info?.version ?? '0'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const atLeast = (wantedMinor: number): boolean => major > 2 || (major === 2 && minor >= wantedMinor)
  if (!atLeast(9)) throw new Error(`nats-server ${version} is too old: 2.9 or newer is needed`)
  return { streamCompression: atLeast(10) }
}
