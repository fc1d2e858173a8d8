import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'

const subprotocol = 'mqtt'
/** WebSocket's code for a kind of data that is not taken (RFC 6455 §7.4.1). */
const unsupportedData = 1003

/** What an HTTP request begins with that wants a WebSocket; no MQTT packet of a client begins so. */
const get = Buffer.from('GET ')

/** Whether the first bytes of a connection are those of such a request, as far as they go. */
export const beginsHttp = (bytes: Buffer): boolean =>
  bytes.subarray(0, get.length).equals(get.subarray(0, bytes.length))

/**
 * Takes connections that begin with an HTTP request and hands on the MQTT within (MQTT 3.1.1 §6).
 * @param maxFrame bytes of one WebSocket frame
 * @param requestMs how long the request may take to come
 * @param enter gets the stream within and the socket around it
 * @returns takes such a connection, of which nothing has been read
 */
export function webSocketDoor(
  maxFrame: number,
  requestMs: number,
  enter: (stream: Duplex, socket: Duplex) => void,
): (socket: Duplex) => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrame,
    perMessageDeflate: false,
    // [MQTT-6.0.0-3] [MQTT-6.0.0-4]
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })
  const server = createServer({ headersTimeout: requestMs, requestTimeout: requestMs }, (_request, response) => {
    response.writeHead(426, { connection: 'close' }).end('MQTT over WebSocket is spoken here\n')
  })
  server.on('upgrade', (request, socket, head) => {
    const offered = request.headers['sec-websocket-protocol']?.split(',').map((it) => it.trim()) ?? []
    if (!offered.includes(subprotocol)) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      // [MQTT-6.0.0-1]
      webSocket.on('message', (_data, binary) => {
        if (!binary) webSocket.close(unsupportedData)
      })
      enter(createWebSocketStream(webSocket), socket)
    })
  })
  return (socket) => server.emit('connection', socket)
}
