import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/**
 * Listens for TCP connections.
 * @param port 0 takes any free one
 * @throws Error naming the variable where the port cannot be had
 */
export async function listen(host: string, port: number, enter: (socket: Socket) => void): Promise<Server> {
  // Answers are small and awaited: none may wait for another to fill a segment.
  const server = createServer({ noDelay: true }, enter)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Error(`MQTT_PORT ${port} on ${host} cannot be listened on`, { cause: error })
  }
  return server
}
