import { connect, type NatsConnection } from 'nats'

export interface Bus {
  readonly connection: NatsConnection
  /** Calls `listener` each time a lost link stands again, until the returned function is called. */
  onReconnect(listener: () => void): () => void
  /** Sends what is buffered and closes the link. */
  close(): Promise<void>
}

/**
 * Connects to NATS and stays: waits for a server that is not there yet and reconnects for ever. What was being sent
 * when the link broke fails at its sender, which sends it again.
 * @param url one address or several with commas between
 * @param report hears why the link is down, and undefined when it stands
 */
export async function connectBus(
  url: string,
  name: string,
  report: (reason: string | undefined) => void,
): Promise<Bus> {
  report(`NATS at ${url} is not there yet`)
  const connection = await connect({
    servers: url.split(','),
    name,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 5_000,
    maxPingOut: 2,
  })
  report(undefined)

  const listeners = new Set<() => void>()
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') report(`NATS at ${url} is out of reach`)
      if (type !== 'reconnect') continue
      report(undefined)
      for (const listener of listeners) listener()
    }
  })()
  return {
    connection,
    onReconnect: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      // A drain waits for the server; with the link down there is nothing to wait for.
      await connection.drain().catch(() => connection.close())
    },
  }
}
