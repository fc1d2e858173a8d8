import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { endInTurn } from './end-in-turn.ts'

test('connections that are reset together end one by one, when it is their turn', async () => {
  const count = 20
  const steps: (() => void)[] = []
  const taken: Socket[] = []
  const server = createServer((socket) => {
    taken.push(socket)
    socket.on('error', () => undefined)
    socket.resume()
    endInTurn(socket, (step) => steps.push(step))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients = Array.from({ length: count }, () => connect(port, '127.0.0.1'))
  await Promise.all(clients.map((client) => once(client, 'connect')))
  while (taken.length < count) await once(server, 'connection')
  for (const client of clients) client.resetAndDestroy()
  while (steps.length < count) await new Promise(setImmediate)
  expect(taken.some(({ destroyed }) => destroyed)).toBe(false)
  // Who is told twice that it ends takes one turn.
  for (const socket of taken) socket.destroy()
  expect(steps).toHaveLength(count)
  const closed = Promise.all(taken.map((socket) => new Promise((resolve) => socket.once('close', resolve))))
  for (const step of steps) step()
  await closed
  server.close()
})
