import type { Socket } from 'node:net'
import { refusal } from './connect-packet.ts'

/** How long a client has to say something before it is left. */
const patienceMs = 5_000

/** Tells a client that the service is not available now (CONNACK 3): nothing it sent could be kept. */
export function turnAway(socket: Socket): void {
  socket.setTimeout(patienceMs, () => socket.destroy())
  socket.once('data', () => {
    socket.end(refusal(3))
    socket.resume()
  })
  // 'close' follows; there is nothing to clean up.
  socket.on('error', () => undefined)
}
