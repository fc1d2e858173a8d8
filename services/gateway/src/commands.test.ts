import { eventually } from '@lifeline/test-support'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandTopic, nextCommand, order, ordered, subscribe } from './testing/commands.ts'
import { GatewayWorld } from './testing/gateway-world.ts'
import { publishPacket, RawClient } from './testing/raw-client.ts'
import { quarantined } from './testing/stored.ts'

let world: GatewayWorld
const names = ['now', 'away', 'late', 'clock', 'kill', 'kept', 'site', 'both', 'zero', 'answer', 'bad', 'other', 'will']
const devices = names.map((name) => `EL-${name}`)
/** The gateway is killed and comes back. */
const patienceMs = 120_000

beforeAll(async () => {
  world = await GatewayWorld.start({
    machines: devices.map((deviceId) => ({ deviceId, kind: 'elevator', siteId: 'site-1' })),
    gateways: { 'GW-1': ['EL-site', 'EL-both'] },
  })
}, patienceMs)
afterAll(() => world.stop())

/** A device that is there and wants its commands. */
async function listening(deviceId: string, filter = commandTopic(deviceId)): Promise<RawClient> {
  const client = await RawClient.open(world.port, deviceId)
  subscribe(client, filter)
  return client
}
const puback = (messageId: number) => ({ cmd: 'puback', messageId }) as const
const answer = (deviceId: string, payload: object | string, messageId = 7) =>
  publishPacket(
    commandTopic(deviceId, 'command-ack'),
    typeof payload === 'string' ? payload : JSON.stringify(payload),
    messageId,
  )

describe('a command', () => {
  test('goes to the device that is there, and its PUBACK is the delivery', async () => {
    const device = await listening('EL-now')
    expect(await device.answers(1)).toEqual(['suback 1'])
    const command = await order(world, 'EL-now')
    const received = await nextCommand(device)
    const { id, name, args } = command
    expect(received).toMatchObject({ topic: 'v1/elevator/EL-now/command', qos: 1, dup: false, id, name, args })
    expect(await ordered(world, command, () => true)).toEqual(command)
    device.send(puback(received.messageId))
    const { deliveredAt } = await ordered(world, command, (it) => it.deliveredAt !== undefined)
    expect(Math.abs(Number(deliveredAt) - Date.now())).toBeLessThan(60_000)
    await device.end()
  })

  test('waits for a device that is away, and those given first come first', async () => {
    const commands = [await order(world, 'EL-away'), await order(world, 'EL-away'), await order(world, 'EL-away')]
    const device = await listening('EL-away', 'v1/elevator/EL-away/+')
    for (const { id } of commands) expect(await nextCommand(device)).toMatchObject({ id })
    await device.end()
  })

  test('is never sent after its time', async () => {
    const late = await order(world, 'EL-late', { expiresAt: Date.now() + 300 })
    const held = await eventually('held', async () => ((await openCommands()) > 0 ? true : undefined))
    expect(held).toBe(true)
    await eventually('expired', async () => (Date.now() > late.expiresAt ? true : undefined))
    const device = await listening('EL-late')
    const next = await order(world, 'EL-late')
    expect(await nextCommand(device)).toMatchObject({ id: next.id })
    expect((await ordered(world, late, () => true)).deliveredAt).toBeUndefined()
    await device.end()
  })

  test('to set the clock without a time brings the time of its delivery, and with one that one', async () => {
    await order(world, 'EL-clock', { name: 'set-clock', args: {} })
    await order(world, 'EL-clock', { name: 'set-clock', args: { time: 1_790_000_000_000 } })
    const before = Date.now()
    const device = await listening('EL-clock')
    const first = await nextCommand(device)
    expect(first).toMatchObject({ name: 'set-clock', args: { time: expect.any(Number) } })
    expect(first.args.time).toBeGreaterThanOrEqual(before)
    expect(first.args.time).toBeLessThanOrEqual(Date.now())
    expect(await nextCommand(device)).toMatchObject({ args: { time: 1_790_000_000_000 } })
    await device.end()
  })

  test('that no PUBACK has come for when the gateway is killed comes again under its id; one that was acknowledged does not', async () => {
    const acknowledged = await order(world, 'EL-kill')
    const open = await order(world, 'EL-kill')
    const device = await listening('EL-kill')
    device.send(puback((await nextCommand(device)).messageId))
    expect(await nextCommand(device)).toMatchObject({ id: open.id })
    await ordered(world, acknowledged, (it) => it.deliveredAt !== undefined)
    await world.gateway.stop('SIGKILL')
    await device.closed
    await world.gateway.start()
    const back = await listening('EL-kill')
    const again = await nextCommand(back)
    expect(again).toMatchObject({ id: open.id })
    back.send(puback(again.messageId))
    const last = await order(world, 'EL-kill')
    expect(await nextCommand(back)).toMatchObject({ id: last.id })
    await back.end()
  }, 240_000)

  test('that a persistent session did not acknowledge comes again with its packet id, as a duplicate', async () => {
    const { id } = await order(world, 'EL-kept')
    const device = await RawClient.open(world.port, 'EL-kept', { clean: false })
    subscribe(device, commandTopic('EL-kept'))
    const { messageId } = await nextCommand(device)
    await device.end()
    const back = await RawClient.open(world.port, 'EL-kept', { clean: false })
    expect(await nextCommand(back)).toMatchObject({ id, messageId, dup: true })
    await back.end()
  })

  test('reaches a device behind a site gateway on the device’s topic', async () => {
    const site = await RawClient.open(world.port, 'GW-1')
    subscribe(site, commandTopic('EL-site'))
    const { id } = await order(world, 'EL-site')
    expect(await nextCommand(site)).toMatchObject({ id, topic: 'v1/elevator/EL-site/command' })
    await site.end()
  })

  test('goes to one client only, the device before its gateway, and to that one when the device is gone', async () => {
    const site = await RawClient.open(world.port, 'GW-1')
    subscribe(site, commandTopic('EL-both'))
    await site.answers(1)
    const device = await listening('EL-both')
    await device.answers(1)
    const [first, second] = [await order(world, 'EL-both'), await order(world, 'EL-both')]
    const received = await nextCommand(device)
    expect(received.id).toBe(first.id)
    device.send(puback(received.messageId))
    await ordered(world, first, (it) => it.deliveredAt !== undefined)
    expect((await nextCommand(device)).id).toBe(second.id)
    await device.end()
    expect((await nextCommand(site)).id).toBe(second.id)
    await site.end()
  })

  test('goes down once at most where the subscription is of QoS 0, which acknowledges nothing', async () => {
    const device = await RawClient.open(world.port, 'EL-zero')
    subscribe(device, commandTopic('EL-zero'), 0)
    const once = await order(world, 'EL-zero')
    expect(await nextCommand(device)).toMatchObject({ id: once.id, qos: 0 })
    expect(await ordered(world, once, () => true)).toMatchObject({ handedAt: expect.any(Number) })
    await device.end()
    const back = await listening('EL-zero')
    const next = await order(world, 'EL-zero')
    expect(await nextCommand(back)).toMatchObject({ id: next.id, qos: 1 })
    await back.end()
  })
})

describe('an answer', () => {
  test('says what became of a command, and the first one stands', async () => {
    const device = await listening('EL-answer')
    expect(await device.answers(1)).toEqual(['suback 1'])
    const command = await order(world, 'EL-answer')
    await nextCommand(device)
    device.send(answer('EL-answer', { id: command.id, ok: false, reason: 'no loudspeaker, 500101199003074518 asked' }))
    expect(await device.answers(1)).toEqual(['puback 7'])
    device.send(answer('EL-answer', { id: command.id, ok: true }, 8))
    expect(await device.answers(1)).toEqual(['puback 8'])
    const { answer: kept, deliveredAt } = await ordered(world, command, () => true)
    expect(kept).toEqual({ at: deliveredAt, ok: false, reason: 'no loudspeaker, ****************** asked' })
    await device.end()
  })

  test('that is none, or to no command of the device, is acknowledged and quarantined, and the device is told', async () => {
    const ofAnother = await order(world, 'EL-other')
    const device = await RawClient.open(world.port, 'EL-bad')
    subscribe(device, 'v1/elevator/EL-bad/error')
    expect(await device.answers(1)).toEqual(['suback 1'])
    const bad: (object | string)[] = ['{', { ok: true }, { id: ofAnother.id, ok: true }, { id: 'a.b', ok: true }]
    for (const payload of bad) {
      device.send(answer('EL-bad', payload))
      const answers = await device.answers(2)
      expect(answers.map((it) => it.split(' ')[0]).toSorted()).toEqual(['puback', 'publish'])
    }
    const reasons = (await quarantined(world.bus, 'EL-bad', bad.length)).map(({ path, reason }) => [path, reason])
    expect(reasons).toEqual([
      [undefined, expect.stringContaining('not JSON')],
      ['id', expect.any(String)],
      ['id', `this device has no command ${ofAnother.id}`],
      ['id', expect.stringContaining('letters')],
    ])
    expect(await ordered(world, ofAnother, () => true)).toEqual(ofAnother)
    await device.end()
  })

  test('and a command are nobody’s to give for another: the topics are the device’s own', async () => {
    for (const topic of [commandTopic('EL-other', 'command-ack'), commandTopic('EL-now')]) {
      const device = await RawClient.open(world.port, 'EL-now')
      device.send(publishPacket(topic, '{}', 1))
      await device.closed
    }
    await expect(
      RawClient.open(world.port, 'EL-will', {
        will: { topic: commandTopic('EL-will', 'command-ack'), payload: Buffer.from('{}'), qos: 1, retain: false },
      }),
    ).rejects.toThrow('"returnCode":5')
  })
})

const openCommands = async (): Promise<number> => (await world.metrics()).get('lifeline_open_commands') ?? 0
