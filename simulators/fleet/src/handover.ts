import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Two clients cannot speak for one device: the broker would close the one for the other, and back. So whoever wants to
 * (a replay) asks the fleet on a local socket, and as long as it holds that connection the fleet is silent for the
 * device. One line each way: the device id, then `ok` or a reason.
 */
export function handoverSocket(credentialsFile: string): string {
  const name = createHash('sha256').update(resolve(credentialsFile)).digest('hex').slice(0, 16)
  return join(tmpdir(), `lifeline-fleet-${name}.sock`)
}

/** What answers a request for a device. */
export interface HandingOver {
  handOver(deviceId: string): Promise<boolean>
  takeBack(deviceId: string): void
}

/** Listens until closed. @param path a socket left by a killed fleet is replaced */
export async function serveHandover(path: string, fleet: HandingOver): Promise<Server> {
  await rm(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    void firstLine(socket).then(async (deviceId) => {
      const given = deviceId !== undefined && (await fleet.handOver(deviceId))
      socket.write(given ? 'ok\n' : `the fleet does not drive ${deviceId}, or has handed it over already\n`)
      if (!given) socket.end()
      else if (socket.destroyed) fleet.takeBack(deviceId)
      else socket.once('close', () => fleet.takeBack(deviceId))
    })
  })
  server.listen(path)
  await once(server, 'listening')
  await chmod(path, 0o600)
  return server
}

/** Thrown where the fleet does not let go of a device. */
export class HandoverRefused extends Error {
  readonly code = 'HANDOVER_REFUSED'
  override readonly name = 'HandoverRefused'
}

/**
 * Asks the fleet to be silent for a device.
 * @returns gives the device back; undefined where no fleet runs
 * @throws HandoverRefused
 */
export async function requestHandover(path: string, deviceId: string): Promise<(() => void) | undefined> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined
    throw error
  }
  socket.write(`${deviceId}\n`)
  const answer = await firstLine(socket)
  if (answer !== 'ok') throw new HandoverRefused(answer ?? 'the fleet ended while it was asked')
  return () => socket.end()
}

/** The first line that comes; undefined where the connection ends before it. */
function firstLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.split('\n')[0])
    })
    socket.once('close', () => resolve(undefined))
  })
}
