import type { Duplex } from 'node:stream'

/** How long a closed connection may take to read the last answer. */
const lingerMs = 1_000

/** Ends a connection so that what was written last arrives: closing with unread input would throw it away. */
export function closeGently(socket: Duplex): void {
  if (socket.destroyed) return
  socket.end()
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}
