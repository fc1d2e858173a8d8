import type { Socket } from 'node:net'

/**
 * Has a connection ended in its turn where it breaks: thousands that are reset in one instant are heard of in one turn
 * of the event loop, and what each one's end costs would hold up everybody else.
 */
export function endInTurn(socket: Socket, inTurn: (step: () => void) => void): void {
  const destroy = socket.destroy.bind(socket)
  let ending = false
  socket.destroy = (error) => {
    if (!ending) inTurn(() => destroy(error))
    ending = true
    return socket
  }
}
