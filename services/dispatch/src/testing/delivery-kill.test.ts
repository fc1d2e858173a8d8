import { type ServiceProcess, serviceProcess, type TestServer } from '@lifeline/test-support'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ChannelMessage } from '../channels/send-message.ts'
import { DeskWorld } from './desk-world.ts'
import { hasPostgres, startPostgres } from './postgres-server.ts'
import { WebhookReceiver } from './rescue-world/webhook-receiver.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const secret = 'a secret that both ends of the webhook know'
let sms: WebhookReceiver<ChannelMessage>

beforeEach(async () => {
  sms = new WebhookReceiver<ChannelMessage>(secret)
  await sms.start()
})
afterEach(() => sms.stop())

/** @param timeoutSeconds after which, and 2 s more, another process takes an attempt for dead */
async function reachable(world: DeskWorld, timeoutSeconds: number): Promise<void> {
  const channel = { kind: 'webhook', name: 'SMS', url: sms.url, secret, timeoutSeconds }
  await world.call('administrator', 'PUT', '/channels/sms', channel)
  await world.call('supervisor', 'PUT', '/dispatch/contacts/unit-lift', {
    contacts: [{ channel: 'sms', address: '1' }],
  })
}
async function open(world: DeskWorld, count: number, name: string, url?: string): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `${name}-${i}`)
  await Promise.all(ids.map((id) => world.addLift(id)))
  const cases: string[] = []
  for (const deviceId of ids) cases.push((await world.report({ deviceId }, url)).body.id)
  return cases
}
const told = (cases: readonly string[]) =>
  sms.messages.until((all) => {
    const mine = all.filter(({ body }) => cases.includes(String(body.case?.id)))
    return new Set(mine.map(({ body }) => body.case?.id)).size === cases.length ? mine : undefined
  })

test('SIGKILL while messages are on their way: each arrives, and a double has the same key', async () => {
  const world = await DeskWorld.start()
  try {
    await reachable(world, 1)
    // What is taken but not answered is neither known to have come nor not to have.
    sms.treat = () => 'hang'
    const cases = await open(world, 12, 'lift')
    await sms.requests.until((all) => (all.length >= 6 ? true : undefined))
    await world.service.process.stop('SIGKILL')
    const before = sms.requests.all.map(({ key }) => key)
    sms.treat = () => 'take'
    await world.service.process.start()
    const messages = await told(cases)
    expect(messages).toHaveLength(cases.length)
    const after = sms.requests.all.slice(before.length).map(({ key }) => key)
    for (const key of before) expect(after).toContain(key)
  } finally {
    await world.end()
  }
})

describe.skipIf(!hasPostgres)('two dispatch processes', () => {
  let postgres: TestServer
  let world: DeskWorld
  let other: ServiceProcess

  beforeEach(async () => {
    postgres = await startPostgres()
    world = await DeskWorld.start({ DATABASE_URL: postgres.url })
    other = await serviceProcess('dispatch', world.env)
    await other.process.start()
  })
  afterEach(async () => {
    await other?.process.stop('SIGKILL')
    await world?.end()
    await postgres?.remove()
  })

  test('send nothing twice; when one is killed the other sends what it had begun', async () => {
    await reachable(world, 30)
    const calm = await open(world, 20, 'calm')
    await told(calm)
    expect(sms.requests.all).toHaveLength(calm.length)
    await reachable(world, 1)
    sms.treat = () => 'hang'
    const cases = [...(await open(world, 8, 'one')), ...(await open(world, 8, 'two', other.url))]
    await sms.requests.until((all) => (all.length >= calm.length + 8 ? true : undefined))
    await world.service.process.stop('SIGKILL')
    sms.treat = () => 'take'
    expect(await told(cases)).toHaveLength(cases.length)
  })
})
