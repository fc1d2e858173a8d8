import { GroupCommit } from '@lifeline/bus'
import { type Equipment, type FrameRecord, partitionOf, telemetrySubject, type Unit } from '@lifeline/contracts'
import { ruleCatalogue } from '@lifeline/rules'
import { serviceProcess } from '@lifeline/test-support'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { demoDistrict } from '../seed/demo-district.ts'
import { apiClient, type Call, idsOf, signInAs } from '../testing/api-client.ts'
import { type RegistryRun, registryRun } from '../testing/registry-run.ts'

let run: RegistryRun
let administrator: Call

beforeAll(async () => {
  run = await registryRun()
  await run.process.start()
  administrator = await signInAs(run, 'administrator')
}, 240_000)
afterAll(() => run.remove())

describe('finding devices', () => {
  const found = async (parameters: Record<string, string>) =>
    idsOf(await administrator('GET', `/api/v1/devices?${new URLSearchParams(parameters)}`))
  const huafu = demoDistrict.equipment.filter(({ siteId }) => siteId === 'huafu-a').map(({ deviceId }) => deviceId)
  const lift = demoDistrict.equipment.find(({ deviceId }) => deviceId === 'lift-013') as Equipment

  test('by rescue code, registration code, address, unit and device id, each word in any of them', async () => {
    expect(await found({ query: String(lift.rescueCode) })).toEqual(['lift-013'])
    expect(await found({ query: lift.registrationCode })).toEqual(['lift-013'])
    expect(await found({ query: lift.address })).toEqual(['lift-013'])
    expect(await found({ query: '双星大道66号' })).toEqual(huafu)
    expect(await found({ query: 'unit-silent' })).toEqual(huafu)
    expect(await found({ query: '静远电梯' })).toEqual(huafu)
    expect(await found({ query: '华府物业 LIFT-013' })).toEqual(['lift-013'])
    expect(await found({ query: 'lift-013 云湖' })).toEqual([])
  })

  test('signs that mean something in patterns mean themselves', async () => {
    expect(await found({ query: '%' })).toEqual([])
    expect(await found({ query: 'lift_013' })).toEqual([])
  })

  test('a text that a database cannot hold is refused', async () => {
    expect((await administrator('GET', '/api/v1/devices?query=%00')).body).toMatchObject({ status: 422 })
    for (const why of ['a\0b', 'a\ud800b']) {
      const command = { name: 'announce', args: { text: 'x' }, why }
      const { body } = await administrator('POST', '/api/v1/devices/lift-013/commands', command)
      expect(body).toMatchObject({ status: 422, title: 'Invalid request' })
    }
  })

  test('by kind and by site, where an empty parameter is none', async () => {
    expect(await found({ kind: 'hoist', query: '' })).toEqual(['hoist-1', 'hoist-2', 'hoist-3', 'hoist-4'])
    expect(await found({ kind: '', siteId: 'huafu-a' })).toEqual(huafu)
    expect((await administrator('GET', '/api/v1/devices?kind=boat')).body).toMatchObject({ status: 422 })
  })

  test('page by page, each device once', async () => {
    const seen: string[] = []
    for (let cursor: unknown = ''; cursor !== undefined; ) {
      const answer = await administrator('GET', `/api/v1/devices?limit=30&cursor=${cursor}`)
      expect(idsOf(answer).length).toBeLessThanOrEqual(30)
      seen.push(...idsOf(answer))
      cursor = answer.body.nextCursor
    }
    expect(seen).toEqual(await found({}))
    expect(seen).toEqual(demoDistrict.equipment.map(({ deviceId }) => deviceId).toSorted())
  })

  test('a device is given as interface.md §5 says, and one that does not exist is not found', async () => {
    const { body } = await administrator('GET', '/api/v1/devices/lift-013')
    expect(body).toEqual({ ...lift, online: false, lastSeenAt: null })
    expect((await administrator('GET', '/api/v1/devices/lift-999')).status).toBe(404)
  })
})

test('who is heard is asked of the engine, and without it nobody is', async () => {
  const { kind, deviceId, siteId } = demoDistrict.equipment[0] as Equipment
  const device = async () => (await administrator('GET', `/api/v1/devices/${deviceId}`)).body
  expect(await device()).toMatchObject({ online: false })
  const engine = await serviceProcess('engine', run.env)
  try {
    await engine.process.start()
    const receivedAt = Date.now()
    const frame: FrameRecord = { type: 'frame', kind, deviceId, siteId, receivedAt, frame: { time: receivedAt } }
    const commit = new GroupCommit(
      run.bus.connection,
      telemetrySubject(partitionOf(siteId, 8)),
      'test',
      () => undefined,
    )
    await new Promise<void>((done) => commit.add(JSON.stringify(frame), done))
    await vi.waitFor(async () => expect(await device()).toMatchObject({ online: true, lastSeenAt: receivedAt }), 15_000)
    expect((await administrator('GET', '/api/v1/devices?query=crane-1')).body.items).toMatchObject([{ online: false }])
  } finally {
    await engine.process.stop('SIGKILL')
  }
  expect(await device()).toHaveProperty('lastSeenAt', null)
}, 150_000)

test('units and rules are listed', async () => {
  const { body } = await administrator('GET', '/api/v1/units')
  expect((body.items as Unit[]).toSorted(byId)).toEqual([...demoDistrict.units].toSorted(byId))
  expect((await administrator('GET', '/api/v1/rules')).body.items).toEqual(JSON.parse(JSON.stringify(ruleCatalogue)))
})

test('the API is described with all its paths', async () => {
  const { paths } = (await apiClient(run)('GET', '/api/openapi.json')).body as { paths: Record<string, object> }
  expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods).toSorted()])).toEqual([
    ['/api/v1/session', ['delete', 'get', 'post']],
    ['/api/v1/session/methods', ['get']],
    ['/api/v1/session/oidc', ['get']],
    ['/api/v1/session/oidc/callback', ['get']],
    ['/api/v1/users', ['get', 'post']],
    ['/api/v1/users/{name}', ['put']],
    ['/api/v1/users/{name}/password', ['post']],
    ['/api/v1/devices', ['get']],
    ['/api/v1/devices/{deviceId}', ['delete', 'get', 'put']],
    ['/api/v1/devices/{deviceId}/settings', ['get', 'put']],
    ['/api/v1/devices/{deviceId}/settings/audit', ['get']],
    ['/api/v1/rules/settings/{kind}', ['get', 'put']],
    ['/api/v1/rules/shadow', ['get', 'put']],
    ['/api/v1/devices/{deviceId}/credential', ['delete', 'post']],
    ['/api/v1/gateways/{gatewayId}/credential', ['delete', 'post']],
    ['/api/v1/devices/{deviceId}/commands', ['get', 'post']],
    ['/api/v1/devices/{deviceId}/commands/{commandId}', ['get']],
    ['/api/v1/audit', ['get']],
    ['/api/v1/units', ['get']],
    ['/api/v1/units/{unitId}/phones', ['get', 'post']],
    ['/api/v1/units/{unitId}/phones/{phoneId}', ['delete']],
    ['/api/v1/rules', ['get']],
    ['/api/v1/quarantine', ['get']],
    ['/api/v1/quarantine/counts', ['get']],
    ['/api/v1/quarantine/{id}', ['get']],
    ['/api/v1/quarantine/replay', ['post']],
  ])
})
const byId = (one: Unit, other: Unit): number => (one.id < other.id ? -1 : 1)
