import type { Socket } from 'node:net'

/**
 * Waits for the first bytes of a connection and leaves them to be read again, the socket paused. A socket that ends
 * before is closed.
 * @param then gets them, or undefined where none came in time: the socket is closed then
 */
export function firstBytes(socket: Socket, withinMs: number, then: (bytes: Buffer | undefined) => void): void {
  const done = (): void => {
    socket.setTimeout(0)
    socket.off('timeout', late)
    socket.off('data', came)
    socket.off('end', gone)
  }
  const came = (bytes: Buffer): void => {
    done()
    socket.pause()
    socket.unshift(bytes)
    then(bytes)
  }
  const gone = (): void => {
    done()
    socket.destroy()
  }
  const late = (): void => {
    gone()
    then(undefined)
  }
  socket.setTimeout(withinMs)
  socket.on('timeout', late)
  socket.on('data', came)
  socket.on('end', gone)
}
