import type { Linkage, RescueCase } from '@lifeline/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DeskWorld } from './desk-world.ts'
import { units } from './lift-world.ts'
import { RescueWorld } from './rescue-world/rescue-world.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

let desk: DeskWorld
let rescue: RescueWorld

beforeAll(async () => {
  desk = await DeskWorld.start()
  const silent = { id: 'unit-silent', name: '静', kind: 'maintenance', phone: '023-5' } as const
  await desk.setUnit(silent)
  rescue = new RescueWorld({
    seed: 96_333,
    units: [...units, silent],
    silent: new Set(['unit-silent']),
    failing: 0.2,
    pace: 2,
    channelSeconds: 1,
    ackSeconds: 3,
    desk: () => desk.service.url,
    administer: async (method, path, body) => (await desk.call('administrator', method, path, body)).status,
    // For lifts that nobody rescues fire is the last.
    replan: (plan, deviceId) => ({ ...plan, answers: plan.answers && !deviceId.startsWith('fire') }),
  })
  await rescue.start()
})
afterAll(async () => {
  await rescue?.stop()
  await desk?.end()
})

test('a small night with failing channels, a unit that never answers and a kill: every case is taken and freed once', async () => {
  // Long enough for a desk that is killed and starts again on a busy machine.
  await desk.set({ acceptSeconds: 45, arriveSeconds: 600, ackSeconds: 60 })
  const events = await desk.listen()
  const lifts = Array.from({ length: 12 }, (_, n) => (n === 11 ? 'fire-11' : n % 4 === 3 ? `silent-${n}` : `lift-${n}`))
  for (const deviceId of lifts) {
    await desk.addLift(deviceId, deviceId.startsWith('silent') ? { maintenanceUnit: 'unit-silent' } : {})
  }
  const cases = new Map<string, string>()
  for (const deviceId of lifts) cases.set(deviceId, (await desk.report({ deviceId, trapped: 1 })).body.id)
  for (const reason of ['unit', 'station'])
    await desk.act('dispatcher', cases.get('fire-11') ?? '', 'escalate', { reason })
  await events.untilCase(({ state }) => state === 'departed')
  events.close()
  await desk.service.process.stop('SIGKILL')
  await desk.service.process.start()

  const crewed = lifts.filter((deviceId) => !deviceId.startsWith('fire'))
  await rescue.runs.until((runs) => {
    const freed = new Set(runs.filter(({ end }) => end === 'freed').map(({ deviceId }) => deviceId))
    return crewed.every((deviceId) => freed.has(deviceId)) ? true : undefined
  })
  for (const deviceId of crewed) {
    const { body } = await desk.call<RescueCase>('dispatcher', 'GET', `/incidents/${cases.get(deviceId)}`)
    const times = (what: string) => body.timeline.filter((entry) => entry.what === what).length
    expect([deviceId, body.state, times('freed'), times('arrived')]).toEqual([deviceId, 'freed', 1, 1])
    if (deviceId.startsWith('silent')) expect(body.level).toBeGreaterThan(1)
    const run = rescue.runs.all.find((one) => one.deviceId === deviceId && one.end === 'freed')
    const freed = body.timeline.find(({ what }) => what === 'freed')
    expect([freed?.by, freed?.details.freed]).toEqual([`crew ${run?.unitId}`, run?.plan.freed])
  }
  const lost = cases.get('fire-11')
  const { body } = await vi.waitUntil(
    async () => {
      const answer = await desk.call<{ items: Linkage[] }>('dispatcher', 'GET', `/incidents/${lost}/linkages`)
      return answer.body.items.some(({ target, state }) => target === 'fire' && state === 'acknowledged') && answer
    },
    { timeout: 120_000, interval: 200 },
  )
  expect(body.items.find(({ target }) => target === 'fire')?.reference).toBe(rescue.fire.numberOf(lost ?? ''))
  expect((await desk.call<RescueCase>('dispatcher', 'GET', `/incidents/${lost}`)).body).toMatchObject({
    state: 'accepted',
    level: 3,
  })
  expect(rescue.mishaps).toEqual([])
  expect([rescue.sms, rescue.voice, rescue.fire].map(({ unsigned }) => unsigned)).toEqual([0, 0, 0])
})
