import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { tempFolder } from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { handoverSocket, requestHandover, serveHandover } from './handover.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>
let path: string
let server: Server | undefined

beforeEach(async () => {
  folder = await tempFolder()
  path = join(folder.path, 'fleet.sock')
})
afterEach(async () => {
  server?.close()
  await folder.remove()
})

const fleet = () => ({ handOver: vi.fn(async (id: string) => id === 'lift-1'), takeBack: vi.fn() })

test('a device is handed over until whoever asked lets go, however that happens', async () => {
  const own = fleet()
  server = await serveHandover(path, own)
  const giveBack = await requestHandover(path, 'lift-1')
  expect(own.handOver).toHaveBeenCalledWith('lift-1')
  expect(own.takeBack).not.toHaveBeenCalled()
  giveBack?.()
  await vi.waitFor(() => expect(own.takeBack).toHaveBeenCalledWith('lift-1'))
})

test('the fleet says no for a device that it does not drive', async () => {
  const own = fleet()
  server = await serveHandover(path, own)
  await expect(requestHandover(path, 'lift-9')).rejects.toThrow(/does not drive lift-9/)
  expect(own.takeBack).not.toHaveBeenCalled()
})

test('where no fleet runs there is nothing to ask for', async () => {
  expect(await requestHandover(path, 'lift-1')).toBeUndefined()
})

test('a socket that a killed fleet left is replaced', async () => {
  await writeFile(path, '')
  server = await serveHandover(path, fleet())
  const giveBack = await requestHandover(path, 'lift-1')
  expect(giveBack).toBeDefined()
  giveBack?.()
  const listening = server
  listening.close()
  await once(listening, 'close')
})

test('each credentials file has its socket, short enough for any folder', () => {
  const [one, other] = [handoverSocket('/a/credentials.json'), handoverSocket(`/b/${'long/'.repeat(40)}c.json`)]
  expect(one).not.toBe(other)
  expect(other.length).toBeLessThan(100)
})
