import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { generate } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { credentialFor } from './testing/credential-for.ts'
import { GatewayWorld, secret } from './testing/gateway-world.ts'
import { connectPacket, publishPacket, RawClient } from './testing/raw-client.ts'
import { storedRecords } from './testing/stored.ts'

let world: GatewayWorld

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: [
      { deviceId: 'EL-1', kind: 'elevator', siteId: 'tower-a' },
      { deviceId: 'EL-2', kind: 'elevator', siteId: 'tower-a' },
      { deviceId: 'EL-3', kind: 'elevator', siteId: 'tower-b' },
      { deviceId: 'HO-1', kind: 'hoist', siteId: 'tower-a' },
    ],
    gateways: { 'GW-A': ['EL-1', 'EL-2', 'HO-1'], 'GW-X': ['EL-1'], 'GW-Y': ['EL-1'], 'GW-Z': ['EL-1', 'EL-2'] },
  })
})
afterAll(() => world.stop())

const frame = '{"time":1790000000000,"seq":1}'

/** What a CONNECT is answered. */
async function returnCode(...arguments_: Parameters<typeof connectPacket>): Promise<number | undefined> {
  const client = new RawClient(world.port)
  client.send(connectPacket(...arguments_))
  const answer = await client.next()
  if (answer.cmd === 'connack' && answer.returnCode === 0) await client.end()
  else await client.closed
  return answer.cmd === 'connack' ? answer.returnCode : undefined
}

/** Counts what a metric has gone up by while `act` ran. */
async function counted(metric: string, act: () => Promise<void>): Promise<number> {
  const before = (await world.metrics()).get(metric) ?? 0
  await act()
  return ((await world.metrics()).get(metric) ?? 0) - before
}

describe('CONNECT', () => {
  test('is accepted with the right secret under the own client id', async () => {
    expect(await returnCode('EL-1')).toBe(0)
    expect(await returnCode('GW-A', { clean: false })).toBe(0)
  })

  test.each([
    ['a wrong secret', { password: Buffer.from('guess') }, 5],
    ['an unknown name', { username: 'EL-9' }, 5],
    ['a foreign client id', { clientId: 'EL-2' }, 2],
    ['an empty client id with a clean session', { clientId: '' }, 2],
    [
      'a will on the topic of another',
      { will: { topic: 'v1/elevator/EL-2/status', payload: Buffer.from('offline') } },
      5,
    ],
    ['a will on telemetry', { will: { topic: 'v1/elevator/EL-1/telemetry', payload: Buffer.from(frame) } }, 5],
    ['a will on $SYS', { will: { topic: '$SYS/x', payload: Buffer.from('offline') } }, 5],
  ] as const)('with %s is answered with its return code', async (_name, options, code) => {
    const will = 'will' in options ? { will: { qos: 1 as const, retain: false, ...options.will } } : {}
    expect(await returnCode('EL-1', { ...options, ...will })).toBe(code)
  })

  test('without a name and a secret is refused', async () => {
    const client = new RawClient(world.port)
    client.send({ cmd: 'connect', clientId: 'EL-1', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 0 })
    expect(await client.next()).toMatchObject({ cmd: 'connack', returnCode: 5 })
    await client.closed
  })

  test('with an empty client id and a session to be kept is answered with 2 [MQTT-3.1.3-8]', async () => {
    const client = new RawClient(world.port)
    const packet = generate(connectPacket('EL-1', { clientId: '' }))
    // Protocol name, level, then the flags with clean session among them.
    const flags = packet.indexOf('MQTT') + 5
    packet.writeUInt8(packet.readUInt8(flags) & ~2, flags)
    client.send(packet)
    expect(await client.next()).toMatchObject({ cmd: 'connack', returnCode: 2 })
    await client.closed
  })

  test('of MQTT 5 is answered with 1', async () => {
    const client = new RawClient(world.port)
    client.send(connectPacket('EL-1', { protocolVersion: 5 }))
    expect(await client.next()).toMatchObject({ cmd: 'connack', returnCode: 1 })
    await client.closed
  })

  test('comes first, and once, or the connection is closed', async () => {
    const early = new RawClient(world.port)
    early.send(publishPacket('v1/elevator/EL-1/telemetry', frame, 1))
    await early.closed
    const twice = await RawClient.open(world.port, 'EL-1')
    twice.send(connectPacket('EL-1'))
    await twice.closed
  })
})

describe('PUBLISH', () => {
  test.each([
    ['GW-A', 'v1/elevator/EL-3/telemetry', 'foreign_device'],
    ['EL-1', 'v1/elevator/EL-2/telemetry', 'foreign_device'],
    ['GW-A', 'v1/hoist/EL-1/telemetry', 'wrong_kind'],
    ['EL-1', 'v1/elevator/EL-1/command', 'down_topic'],
    ['EL-1', 'v1/elevator/EL-1/error', 'down_topic'],
    ['EL-1', 'anything/else', 'no_device_topic'],
    ['EL-1', '$SYS/broker/uptime', 'no_device_topic'],
  ])('of %s on %s is not taken, counted, and closes the connection', async (name, topic, reason) => {
    const client = await RawClient.open(world.port, name)
    const times = await counted(`lifeline_frames_refused_total{reason="${reason}"}`, async () => {
      client.send(publishPacket(topic, frame, 1))
      await client.closed
    })
    expect(times).toBe(1)
  })

  test('of a gateway is taken for each device of its site', async () => {
    const client = await world.client('GW-A')
    await client.publishAsync('v1/elevator/EL-2/telemetry', frame, { qos: 1 })
    await client.publishAsync('v1/hoist/HO-1/telemetry', frame, { qos: 1 })
    await client.endAsync()
    expect(await storedRecords(world.bus, 'HO-1', 1)).toMatchObject([{ kind: 'hoist', siteId: 'tower-a' }])
  })

  test('of the mosquitto_pub that Debian has is taken', async () => {
    const login = ['-i', 'EL-3', '-u', 'EL-3', '-P', secret, '-p', String(world.port)]
    const message = ['-q', '1', '-t', 'v1/elevator/EL-3/telemetry', '-m', frame]
    await promisify(execFile)('mosquitto_pub', ['-h', '127.0.0.1', '-V', 'mqttv311', ...login, ...message])
    expect(await storedRecords(world.bus, 'EL-3', 1)).toMatchObject([{ deviceId: 'EL-3', frame: { seq: 1 } }])
  })
})

describe('SUBSCRIBE', () => {
  const granted = async (client: RawClient, ...topics: string[]): Promise<unknown> => {
    client.send({ cmd: 'subscribe', messageId: 7, subscriptions: topics.map((topic) => ({ topic, qos: 1 })) })
    return client.next()
  }

  test('is granted for own devices and refused with 0x80 for all else', async () => {
    const client = await RawClient.open(world.port, 'EL-1')
    const own = ['v1/elevator/EL-1/error', 'v1/elevator/EL-1/#', 'v1/elevator/EL-1/+']
    const foreign = ['v1/elevator/EL-2/error', '#', '+/+/+/+', 'v1/elevator/+/error', '$SYS/#', '$SYS/+/new/clients']
    expect(await granted(client, ...own, ...foreign)).toMatchObject({
      granted: [1, 1, 1, 128, 128, 128, 128, 128, 128],
    })
    expect(await client.ping()).toEqual([])
    await client.end()
  })

  test('that was refused is not kept in the session either', async () => {
    const options = { clean: false } as const
    const client = await RawClient.open(world.port, 'GW-X', options)
    expect(await granted(client, 'v1/elevator/EL-1/error', 'v1/elevator/EL-2/error')).toMatchObject({
      granted: [1, 128],
    })
    await client.end()
    const other = await world.client('EL-2')
    await other.publishAsync('v1/elevator/EL-2/telemetry', 'rubbish of EL-2', { qos: 1 })
    await other.endAsync()
    const own = await world.client('EL-1')
    await own.publishAsync('v1/elevator/EL-1/telemetry', 'rubbish of EL-1', { qos: 1 })
    await own.endAsync()
    const back = await RawClient.open(world.port, 'GW-X', options)
    expect(await back.next()).toMatchObject({ cmd: 'publish', topic: 'v1/elevator/EL-1/error' })
    expect(await back.ping()).toEqual([])
    await back.end()
  })
})

describe('what the registry changes takes effect on live connections', () => {
  test('a credential taken away ends the session, and the next CONNECT is refused', async () => {
    const client = await RawClient.open(world.port, 'GW-Y')
    await world.putCredential('GW-Y', undefined)
    await client.closed
    expect(await returnCode('GW-Y')).toBe(5)
  })

  test('a new secret ends the session of the old one', async () => {
    await world.putCredential('GW-Y', credentialFor('GW-Y', 'old', ['EL-1']))
    const open = (password: string) => RawClient.open(world.port, 'GW-Y', { password: Buffer.from(password) })
    const client = await eventually(() => open('old'))
    await world.putCredential('GW-Y', credentialFor('GW-Y', 'new', ['EL-1']))
    await client.closed
    await (await eventually(() => open('new'))).end()
    await expect(open('old')).rejects.toThrow('"returnCode":5')
  })

  test('a device taken away from a gateway is refused from then on, one given is taken', async () => {
    const client = await RawClient.open(world.port, 'GW-Z')
    client.send(publishPacket('v1/elevator/EL-2/telemetry', frame, 1))
    expect(await client.answers(1)).toEqual(['puback 1'])
    await world.putCredential('GW-Z', credentialFor('GW-Z', secret, ['EL-1']))
    const refused = client.closed
    for (let id = 2; !client.socket.destroyed; id++) {
      client.send(publishPacket('v1/elevator/EL-2/telemetry', frame, id))
      await Promise.race([client.answers(1).catch(() => undefined), refused])
    }
    const again = await RawClient.open(world.port, 'GW-Z')
    again.send(publishPacket('v1/elevator/EL-1/telemetry', frame, 1))
    expect(await again.answers(1)).toEqual(['puback 1'])
    await again.end()
  })
})

/** Tries until the change that was written has reached the gateway. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!String(error).includes('not accepted')) throw error
    }
  }
}
