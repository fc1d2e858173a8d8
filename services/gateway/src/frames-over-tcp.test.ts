import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { frame7a7a, frame7e7e, frameA55a } from '@lifeline/protocols'
import { freePort } from '@lifeline/test-support'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { quarantined, storedRecords } from './testing/stored.ts'

let world: GatewayWorld
const port = await freePort()
const version = Buffer.from([1, 4, 0])

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: [
      { deviceId: 'HO-1', kind: 'hoist', siteId: 'site-1', format: 'hoist-7a7a', vendorId: 'HOIST001' },
      { deviceId: 'TC-1', kind: 'tower-crane', siteId: 'site-1', format: 'crane-7e7e', vendorId: 'TD0001' },
      { deviceId: 'TC-2', kind: 'tower-crane', siteId: 'site-1', format: 'site-a55a', vendorId: '000311' },
      { deviceId: 'HO-2', kind: 'hoist', siteId: 'site-1', format: 'site-a55a', vendorId: '11000001' },
      { deviceId: 'HO-chunks', kind: 'hoist', siteId: 'site-1', format: 'hoist-7a7a', vendorId: 'CHUNKS01' },
      { deviceId: 'HO-native', kind: 'hoist', siteId: 'site-1', vendorId: 'NATIVE01' },
    ],
    env: { FRAMES_PORT: String(port) },
  })
})
afterAll(() => world.stop())

async function dial(): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** The next `length` bytes that come back. */
async function answer(socket: Socket, length: number): Promise<string> {
  let bytes = Buffer.alloc(0)
  while (bytes.length < length) bytes = Buffer.concat([bytes, ((await once(socket, 'data')) as [Buffer])[0]])
  return bytes.toString('hex')
}

const heartbeat = (sn: string, time = '000102000841') =>
  frame7a7a(version, 0, Buffer.concat([Buffer.from(sn), Buffer.from(time, 'hex')]))
const weighing = (sn: string, kilograms: number, command = 1) => {
  const data = Buffer.alloc(68)
  data.write(sn, 0)
  data.write('260301083000', 20, 'hex')
  data.writeUInt16LE(kilograms, 26)
  return frame7a7a(version, command, data)
}

test('a hoist is heard, its clock is set, and what it kept while offline is answered once it is stored', async () => {
  const socket = await dial()
  socket.write(heartbeat('HOIST001'))
  expect(await answer(socket, 19)).toMatch(/^7a7a0104000007000126/)
  socket.write(weighing('HOIST001', 1200))
  socket.write(weighing('HOIST001', 1300, 3))
  expect(await answer(socket, 13)).toMatch(/^7a7a0104000301/)
  const [, first, second] = await storedRecords(world.bus, 'HO-1', 3)
  expect([first, second]).toMatchObject([{ frame: { load: 1200 } }, { frame: { load: 1300 } }])
  socket.destroy()
})

test('frames come in any chunks, and rubbish between them is quarantined and forgiven', async () => {
  const socket = await dial()
  const stream = Buffer.concat([
    Buffer.from('rubbish first'),
    weighing('CHUNKS01', 1),
    Buffer.from('and a half: '),
    weighing('CHUNKS01', 2).subarray(0, 30),
    weighing('CHUNKS01', 3),
    weighing('CHUNKS01', 4),
  ])
  for (let at = 0; at < stream.length; at += 7) {
    socket.write(stream.subarray(at, at + 7))
    await new Promise(setImmediate)
  }
  const loads = (await storedRecords(world.bus, 'HO-chunks', 3)).map(
    (it) => 'frame' in it && 'load' in it.frame && it.frame.load,
  )
  expect(loads).toEqual([1, 3, 4])
  const bad = await quarantined(world.bus, 'HO-chunks', 2)
  expect(bad.map(({ topic }) => topic)).toEqual(['tcp/hoist-7a7a', 'tcp/hoist-7a7a'])
  expect(Buffer.from(bad[0]?.payload ?? '', 'base64').toString()).toBe('rubbish first')
  socket.destroy()
})

test('all three formats come through one port, and one connection may speak for a crane and a hoist', async () => {
  const socket = await dial()
  const data = Buffer.alloc(77)
  data.write('TD0001', 0)
  data.write('260301083000', 26, 'hex')
  data.writeUInt16LE(250, 46)
  socket.write(frame7e7e(1, data))
  expect(await storedRecords(world.bus, 'TC-1', 1)).toMatchObject([{ frame: { hookLoad: 2500 } }])
  const site = await dial()
  site.write(frameA55a(0x60, Buffer.from('01000311', 'hex')))
  expect(await answer(site, 21)).toMatch(/^a55a610100031101/)
  const crane = Buffer.from('010003110226030108300005019A017E042E0820006C00031B1B5A050D00', 'hex')
  const hoist = Buffer.from('11000001260301083000 1010 20 17 1819 20 21 2223 24 11 11 11 11'.replaceAll(' ', ''), 'hex')
  site.write(Buffer.concat([frameA55a(0x0c, crane), frameA55a(0x10, hoist)]))
  expect(await storedRecords(world.bus, 'TC-2', 1)).toMatchObject([{ frame: { hookLoad: 2080 } }])
  expect(await storedRecords(world.bus, 'HO-2', 1)).toMatchObject([{ kind: 'hoist', frame: { people: 23 } }])
  socket.destroy()
  site.destroy()
})

test.each([
  ['a name that is not registered', heartbeat('STRANGER')],
  ['a device that is registered with another format', heartbeat('NATIVE01')],
  ['rubbish without end', Buffer.alloc(5_000, 0x7a)],
])('%s ends the connection', async (_, bytes) => {
  const socket = await dial()
  const closed = once(socket, 'close')
  socket.write(bytes)
  socket.resume()
  await closed
})
