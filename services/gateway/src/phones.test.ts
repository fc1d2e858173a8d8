import { randomUUID } from 'node:crypto'
import { type PhoneNotice, phoneSubject, phoneTopic } from '@lifeline/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GatewayWorld } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'

let world: GatewayWorld
const phones = ['there', 'away', 'dropped', 'twice', 'zero', 'own', 'writes', 'gone'].map((name) => `phone-${name}`)
/** Longer than any machine takes. */
const longMs = 60_000

beforeAll(async () => {
  world = await GatewayWorld.start({ machines: [{ deviceId: 'EL-1', kind: 'elevator', siteId: 'site-1' }], phones })
}, 120_000)
afterAll(() => world.stop())

/** As the desk asks: resolves whether a phone has taken it. */
function push(contactId: string, message: object, { id = randomUUID() as string, withinMs = longMs } = {}) {
  const notice: PhoneNotice = { id, withinMs, message: { id, ...message } }
  return world.bus.connection
    .request(phoneSubject(contactId), JSON.stringify(notice), { timeout: withinMs })
    .then(() => true)
    .catch((error: { code?: string }) => {
      if (error.code === 'TIMEOUT') return false
      throw error
    })
}

/** A phone that wants its notices. */
async function phone(name: string, options: { qos?: 0 | 1; clean?: boolean } = {}): Promise<RawClient> {
  const { qos = 1, clean = false } = options
  const client = await RawClient.open(world.port, name, { clean })
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: phoneTopic(name), qos }] })
  expect(await client.answers(1)).toEqual(['suback 1'])
  return client
}
async function notice(client: RawClient) {
  const packet = await client.next()
  if (packet.cmd !== 'publish') throw new Error(`${packet.cmd} instead of a notice`)
  const { topic, qos, dup, messageId = 0, payload } = packet
  return { topic, qos, dup, messageId, message: JSON.parse(payload.toString()) as Record<string, unknown> }
}
const puback = (messageId: number) => ({ cmd: 'puback', messageId }) as const

describe('a notice to a rescuer’s phone', () => {
  test('comes with QoS 1, and counts as delivered at the phone’s PUBACK, not before', async () => {
    const client = await phone('phone-there')
    let delivered = false
    const pushed = push('phone-there', { text: 'come' }).then((taken) => {
      delivered = taken
      return taken
    })
    const { messageId, ...received } = await notice(client)
    expect(received).toMatchObject({
      topic: 'v1/rescuer/phone-there/notice',
      qos: 1,
      dup: false,
      message: { text: 'come' },
    })
    // What the gateway would have said by itself is here before the answer to this.
    client.send({ cmd: 'pingreq' })
    expect((await client.next()).cmd).toBe('pingresp')
    await world.bus.connection.flush()
    expect(delivered).toBe(false)
    client.send(puback(messageId))
    expect(await pushed).toBe(true)
    await client.end()
  })

  test('waits in its time for a phone in a tunnel, and is not delivered to one that stays away', async () => {
    expect(await push('phone-away', { text: 'too late' }, { withinMs: 300 })).toBe(false)
    const pushed = push('phone-away', { text: 'in time' })
    const client = await phone('phone-away')
    const { messageId, message } = await notice(client)
    expect(message).toMatchObject({ text: 'in time' })
    client.send(puback(messageId))
    expect(await pushed).toBe(true)
    await client.end()
  })

  test('that was not acknowledged comes again in the same session, under its packet id and marked', async () => {
    const before = await phone('phone-dropped')
    const pushed = push('phone-dropped', { text: 'come' })
    const first = await notice(before)
    before.socket.destroy()
    const after = await RawClient.open(world.port, 'phone-dropped', { clean: false })
    const again = await notice(after)
    expect(again).toEqual({ ...first, dup: true })
    after.send(puback(again.messageId))
    expect(await pushed).toBe(true)
    await after.end()
  })

  test('asked for twice goes down once, and the later asker is told', async () => {
    const client = await phone('phone-twice')
    const first = push('phone-twice', {}, { id: 'same', withinMs: 5_000 })
    const { messageId } = await notice(client)
    const second = push('phone-twice', {}, { id: 'same' })
    await world.bus.connection.flush()
    client.send({ cmd: 'pingreq' })
    expect((await client.next()).cmd).toBe('pingresp')
    client.send(puback(messageId))
    expect(await Promise.any([first, second].map((one) => one.then((taken) => taken || Promise.reject(taken))))).toBe(
      true,
    )
    await client.end()
  })

  test('does not go where nobody would acknowledge it', async () => {
    const client = await phone('phone-zero', { qos: 0 })
    expect(await push('phone-zero', {}, { withinMs: 300 })).toBe(false)
    client.send({ cmd: 'pingreq' })
    expect((await client.next()).cmd).toBe('pingresp')
    await client.end()
  })
})

describe('a phone', () => {
  test('hears its own notices and nothing else', async () => {
    const client = await RawClient.open(world.port, 'phone-own')
    const topics = ['phone-there', '+'].map((one) => phoneTopic(one))
    topics.push('#', 'v1/#', 'v1/elevator/EL-1/command', 'v1/rescuer/phone-own/#')
    const subscriptions = topics.map((topic) => ({ topic, qos: 1 as const }))
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions })
    const answer = await client.next()
    expect(answer).toMatchObject({ cmd: 'suback', granted: topics.map(() => 0x80) })
    await client.end()
    const device = await RawClient.open(world.port, 'EL-1')
    device.send({ cmd: 'subscribe', messageId: 6, subscriptions: [{ topic: phoneTopic('phone-own'), qos: 1 }] })
    expect(await device.next()).toMatchObject({ cmd: 'suback', granted: [0x80] })
    await device.end()
  })

  test('publishes nothing: its acknowledgement is the PUBACK', async () => {
    for (const topic of [phoneTopic('phone-writes'), 'v1/elevator/EL-1/telemetry']) {
      const client = await RawClient.open(world.port, 'phone-writes')
      client.send(publishPacket(topic, '{"time":1}', 3))
      await client.closed
    }
  })

  test('whose secret was taken away is cut off at once', async () => {
    const client = await phone('phone-gone')
    await world.putCredential('phone-gone', undefined)
    await client.closed
    expect(await push('phone-gone', {}, { withinMs: 300 })).toBe(false)
  })
})
