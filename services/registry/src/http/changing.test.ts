import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buckets, type Credential, type Equipment, partitionOf, type Unit } from '@lifeline/contracts'
import { operatorPseudonym } from '@lifeline/service-kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { demoDistrict } from '../seed/demo-district.ts'
import { type Call, signInAs } from '../testing/api-client.ts'
import { bucketOf, credentialsOf, logOf, type RegistryRun, registryRun } from '../testing/registry-run.ts'

const partitions = 8

let run: RegistryRun
let administrator: Call

beforeAll(async () => {
  run = await registryRun()
  await run.process.start()
  administrator = await signInAs(run, 'administrator')
}, 240_000)
afterAll(() => run.remove())

const credential = async (username: string) => (await bucketOf<Credential>(run, buckets.credentials)).get(username)
const profile = async (deviceId: string) => (await bucketOf<Equipment>(run, buckets.equipment)).get(deviceId)
const opens = ({ salt, secretHash }: Credential, secret: string): boolean =>
  createHash('sha256')
    .update(salt + secret)
    .digest('hex') === secretHash
/** What the log has of one device. */
async function logged(deviceId: string) {
  return (await logOf(run)).filter(({ record }) =>
    record.type === 'equipment'
      ? record.equipment.deviceId === deviceId
      : 'deviceId' in record && record.deviceId === deviceId,
  )
}

describe('the first start', () => {
  test('writes each device once into the log of its site, and into its bucket as it is', async () => {
    const log = await logOf(run)
    const told = log.flatMap(({ partition, record }) => (record.type === 'equipment' ? [{ partition, ...record }] : []))
    for (const equipment of demoDistrict.equipment) {
      const records = told.filter((record) => record.equipment.deviceId === equipment.deviceId)
      expect(records[0]?.partition).toBe(partitionOf(equipment.siteId, partitions))
      expect(await profile(equipment.deviceId)).toEqual(records.at(-1)?.equipment)
    }
    expect(told.filter(({ equipment }) => equipment.deviceId === 'lift-020').map(({ equipment }) => equipment)).toEqual(
      [demoDistrict.equipment.find(({ deviceId }) => deviceId === 'lift-020')],
    )
    const units = await bucketOf<Unit>(run, buckets.units)
    expect([...units.values()].toSorted(byId)).toEqual([...demoDistrict.units].toSorted(byId))
  })

  test('writes every secret into a file for its owner alone, and only hashes into the bucket', async () => {
    expect((await stat(join(run.dataDir, 'credentials.json'))).mode & 0o777).toBe(0o600)
    const { devices, gateways } = await credentialsOf(run)
    const published = await bucketOf<Credential>(run, buckets.credentials)
    expect(devices.map(({ deviceId }) => deviceId).toSorted()).toEqual(
      demoDistrict.equipment.map(({ deviceId }) => deviceId).toSorted(),
    )
    for (const { deviceId, username, password } of devices) {
      const { clientId, devices: allowed } = published.get(username) as Credential
      expect(opens(published.get(username) as Credential, password)).toBe(true)
      expect([clientId, allowed]).toEqual([deviceId, [deviceId]])
    }
    for (const gateway of gateways) {
      const stored = published.get(gateway.username) as Credential
      expect(opens(stored, gateway.password)).toBe(true)
      const there = demoDistrict.equipment.filter(({ siteId }) => siteId === gateway.siteId)
      expect(gateway.devices.toSorted()).toEqual(there.map(({ deviceId }) => deviceId).toSorted())
      expect([stored.clientId, stored.siteId]).toEqual([gateway.gatewayId, gateway.siteId])
    }
  })
})

describe('settings', () => {
  const path = '/api/v1/devices/lift-002/settings'

  test('a tightened limit answers what is in force and reaches log and bucket', async () => {
    const before = (await administrator('GET', path)).body
    const { status, body } = await administrator('PUT', path, { overspeed: { criticalRatio: 1.1 } })
    expect(status).toBe(200)
    const expected = structuredClone(before) as { overspeed: { criticalRatio: number } }
    expected.overspeed.criticalRatio = 1.1
    expect(body).toEqual(expected)
    expect((await administrator('GET', path)).body).toEqual(expected)
    const settings = { overspeed: { criticalRatio: 1.1 } }
    await vi.waitFor(async () => expect(await profile('lift-002')).toMatchObject({ settings }), 10_000)
    expect((await logged('lift-002')).at(-1)?.record).toMatchObject({ type: 'equipment', equipment: { settings } })
  })

  test('back at the default it is the device’s own no more', async () => {
    const defaults = (await administrator('GET', '/api/v1/devices/lift-003/settings')).body
    const other = '/api/v1/devices/lift-004/settings'
    await administrator('PUT', other, { overspeed: { criticalRatio: 1.1 }, overload: { ratio: 1.05 } })
    const { body } = await administrator('PUT', other, { overspeed: { criticalRatio: 1.15 }, overload: { ratio: 1.1 } })
    expect(body).toEqual(defaults)
    await vi.waitFor(async () => expect((await profile('lift-004'))?.settings).toEqual({}), 10_000)
  })

  test('what loosens, is unknown or no number is refused with its path, and nothing of the request is kept', async () => {
    const device = '/api/v1/devices/lift-005/settings'
    const before = (await administrator('GET', device)).body
    const loosening = await administrator('PUT', device, {
      overspeed: { criticalRatio: 1.3, warningRatio: 1.02, colour: 1 },
      moment: { warning: 1 },
    })
    expect(loosening.status).toBe(422)
    expect((loosening.body.errors as { path: string }[]).map(({ path }) => path)).toEqual([
      'overspeed.criticalRatio',
      'overspeed.colour',
      'moment',
    ])
    const wrong = await administrator('PUT', device, { overspeed: { criticalRatio: 'fast' } })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors).toMatchObject([{ path: 'overspeed.criticalRatio' }])
    expect((await administrator('GET', device)).body).toEqual(before)
    expect((await administrator('PUT', '/api/v1/devices/lift-999/settings', {})).status).toBe(404)
  })
})

describe('settings of a kind', () => {
  const path = '/api/v1/rules/settings/hoist'

  test('hold for every machine of the kind that has none of its own, are audited, and reach log and bucket', async () => {
    const own = { wind: { stopSpeed: 15 } }
    await administrator('PUT', '/api/v1/devices/hoist-1/settings', own)
    const { status, body } = await administrator('PUT', path, { wind: { stopSpeed: 18 } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ wind: { stopSpeed: 18 } })
    expect((await administrator('GET', '/api/v1/devices/hoist-2/settings')).body).toMatchObject({
      wind: { stopSpeed: 18 },
    })
    expect((await administrator('GET', '/api/v1/devices/hoist-1/settings')).body).toMatchObject(own)
    await vi.waitFor(
      async () => expect((await profile('hoist-2'))?.settings).toEqual({ wind: { stopSpeed: 18 } }),
      10_000,
    )
    // Back at the default is a setting of its own where the kind has another.
    await administrator('PUT', '/api/v1/devices/hoist-2/settings', { wind: { stopSpeed: 20 } })
    expect((await administrator('GET', '/api/v1/devices/hoist-2/settings')).body).toMatchObject({
      wind: { stopSpeed: 20 },
    })
    const { items } = (await administrator('GET', '/api/v1/devices/hoist-1/settings/audit')).body as {
      items: { of: string; after: unknown }[]
    }
    expect(items.map(({ of, after }) => [of, after])).toEqual([
      ['hoist', { wind: { stopSpeed: 18 } }],
      ['hoist-1', own],
    ])
  })

  test('what loosens a safety limit or leaves the range is refused with its path', async () => {
    const refused = await administrator('PUT', path, { wind: { stopSpeed: 21, holdSeconds: 1_000 } })
    expect(refused.status).toBe(422)
    expect((refused.body.errors as { path: string }[]).map(({ path }) => path)).toEqual([
      'wind.stopSpeed',
      'wind.holdSeconds',
    ])
  })
})

describe('a candidate in shadow', () => {
  const path = '/api/v1/rules/shadow'

  test('is kept for the engines as it is given, and an empty one ends the trial', async () => {
    expect((await administrator('GET', path)).body).toEqual({})
    const candidate = { elevator: { entrapment: { outsideZoneSeconds: 20 } } }
    expect((await administrator('PUT', path, candidate)).status).toBe(200)
    expect((await administrator('GET', path)).body).toEqual(candidate)
    const refused = await administrator('PUT', path, { elevator: { overspeed: { criticalRatio: 2 } } })
    expect(refused.body.errors).toMatchObject([{ path: 'elevator.overspeed.criticalRatio' }])
    await administrator('PUT', path, {})
    expect((await administrator('GET', path)).body).toEqual({})
  })
})

describe('administration', () => {
  const lift: Equipment = {
    ...(demoDistrict.equipment.find(({ deviceId }) => deviceId === 'lift-021') as Equipment),
    deviceId: 'lift-new',
    rescueCode: '999001',
    registrationCode: 'registration-new',
    siteId: 'hospital',
  }
  const path = `/api/v1/devices/${lift.deviceId}`

  test('a device is entered, gets a secret, moves, and is removed, and the others hear of each step', async () => {
    expect((await administrator('PUT', path, lift)).status).toBe(201)
    await vi.waitFor(async () => expect((await credential('gateway-hospital'))?.devices).toContain('lift-new'), 10_000)
    expect(await profile('lift-new')).toEqual(lift)
    expect(await credential('lift-new')).toBeUndefined()

    const issued = await administrator('POST', `${path}/credential`)
    expect(issued.body).toMatchObject({ deviceId: 'lift-new', kind: 'elevator', username: 'lift-new' })
    await vi.waitFor(async () => expect(await credential('lift-new')).toBeDefined(), 10_000)
    expect(opens((await credential('lift-new')) as Credential, String(issued.body.password))).toBe(true)

    expect(partitionOf('plaza', partitions)).not.toBe(partitionOf('hospital', partitions))
    expect((await administrator('PUT', path, { ...lift, siteId: 'plaza' })).status).toBe(200)
    await vi.waitFor(async () => expect((await credential('gateway-plaza'))?.devices).toContain('lift-new'), 10_000)
    expect((await credential('gateway-hospital'))?.devices).not.toContain('lift-new')
    expect((await credential('lift-new'))?.siteId).toBe('plaza')

    expect((await administrator('DELETE', path)).status).toBe(204)
    await vi.waitFor(async () => expect(await profile('lift-new')).toBeUndefined(), 10_000)
    await vi.waitFor(async () => expect((await credential('gateway-plaza'))?.devices).not.toContain('lift-new'), 10_000)
    expect(await credential('lift-new')).toBeUndefined()
    expect((await administrator('DELETE', path)).status).toBe(404)

    const [hospital, plaza] = [partitionOf('hospital', partitions), partitionOf('plaza', partitions)]
    expect((await logged('lift-new')).map(({ partition, record }) => [partition, record.type])).toEqual([
      [hospital, 'equipment'],
      [hospital, 'removal'],
      [plaza, 'equipment'],
      [plaza, 'removal'],
    ])
  })

  test('a new secret of a gateway ends the old one', async () => {
    const before = (await credential('gateway-plaza')) as Credential
    const { status, body } = await administrator('POST', '/api/v1/gateways/gateway-plaza/credential')
    expect(status).toBe(201)
    expect(body).toMatchObject({ gatewayId: 'gateway-plaza', siteId: 'plaza', devices: before.devices })
    await vi.waitFor(async () => expect(await credential('gateway-plaza')).not.toEqual(before), 10_000)
    expect(opens((await credential('gateway-plaza')) as Credential, String(body.password))).toBe(true)
    expect((await administrator('POST', '/api/v1/gateways/gateway-x/credential')).status).toBe(404)
    expect((await administrator('POST', '/api/v1/devices/lift-x/credential')).status).toBe(404)
  })

  test('a secret taken away is gone from the bucket, until a new one is given', async () => {
    for (const path of ['devices/lift-003', 'gateways/gateway-plaza']) {
      const name = path.split('/')[1] as string
      const before = (await credential(name)) as Credential
      expect((await administrator('DELETE', `/api/v1/${path}/credential`)).status).toBe(204)
      await vi.waitFor(async () => expect(await credential(name)).toBeUndefined(), 10_000)
      expect((await administrator('DELETE', `/api/v1/${path}/credential`)).status).toBe(404)
      expect((await administrator('POST', `/api/v1/${path}/credential`)).status).toBe(201)
      await vi.waitFor(async () => expect(await credential(name)).toBeDefined(), 10_000)
      expect((await credential(name))?.issuedAt).toBeGreaterThan(before.issuedAt ?? Number.POSITIVE_INFINITY)
    }
  })

  test('the format of a vendor and its name there are kept and told, and belong to one device', async () => {
    const foreign = {
      ...lift,
      deviceId: 'lift-foreign',
      rescueCode: '999002',
      registrationCode: 'registration-foreign',
    }
    const vendor = { format: 'edge-box', vendorId: 'GD-1' }
    const at = '/api/v1/devices/lift-foreign'
    expect((await administrator('PUT', at, { ...foreign, ...vendor })).body).toMatchObject(vendor)
    expect((await administrator('GET', at)).body).toMatchObject(vendor)
    await vi.waitFor(async () => expect(await profile('lift-foreign')).toMatchObject(vendor), 10_000)
    const twin = { ...foreign, deviceId: 'lift-twin', rescueCode: '999003', registrationCode: 'registration-twin' }
    const refused = await administrator('PUT', '/api/v1/devices/lift-twin', { ...twin, ...vendor })
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'vendorId' }]])
    const nameless = await administrator('PUT', '/api/v1/devices/lift-twin', { ...twin, vendorId: 'GD-2' })
    expect(nameless.body.errors).toMatchObject([{ path: 'vendorId' }])
  })

  test("operators' cards are shown to who administers them and told to nobody", async () => {
    const crane = demoDistrict.equipment.find(({ kind }) => kind === 'tower-crane') as Equipment
    const entered = operatorPseudonym('of another key')('card-9')
    const at = `/api/v1/devices/${crane.deviceId}`
    const { body } = await administrator('PUT', at, { ...crane, operators: ['card-secret-1', entered] })
    expect(body.operators).toEqual(['card-secret-1', entered])
    const told = [operatorPseudonym(run.env.SESSION_SECRET ?? '')('card-secret-1'), entered]
    await vi.waitFor(async () => expect((await profile(crane.deviceId))?.operators).toEqual(told), 10_000)
    expect(JSON.stringify([...(await bucketOf(run, buckets.equipment))])).not.toMatch(/card-/)
    expect(JSON.stringify(await logOf(run))).not.toMatch(/card-/)
  })

  test('what contradicts the registry is refused with each path', async () => {
    const { status, body } = await administrator('PUT', '/api/v1/devices/lift-bad', {
      ...lift,
      deviceId: 'lift-bad',
      siteId: 'nowhere',
      maintenanceUnit: 'fire-119',
      rescueCode: demoDistrict.equipment[0]?.rescueCode,
      registrationCode: demoDistrict.equipment[1]?.registrationCode,
      settings: { overspeed: { criticalRatio: 2 } },
    })
    expect(status).toBe(422)
    expect((body.errors as { path: string }[]).map(({ path }) => path)).toEqual([
      'settings.overspeed.criticalRatio',
      'siteId',
      'maintenanceUnit',
      'registrationCode',
      'rescueCode',
    ])
    expect((await administrator('PUT', '/api/v1/devices/other', lift)).body.errors).toMatchObject([
      { path: 'deviceId' },
    ])
    const crane = demoDistrict.equipment.find(({ kind }) => kind === 'tower-crane')
    const disguised = { ...crane, deviceId: 'lift-006', registrationCode: 'registration-crane' }
    expect((await administrator('PUT', '/api/v1/devices/lift-006', disguised)).body.errors).toMatchObject([
      { path: 'kind' },
    ])
    expect((await administrator('GET', '/api/v1/devices/lift-bad')).status).toBe(404)
  })

  test('what was read can be written back, and nothing is told anew for it', async () => {
    const before = (await logged('lift-007')).length
    const { body } = await administrator('GET', '/api/v1/devices/lift-007')
    expect((await administrator('PUT', '/api/v1/devices/lift-007', body)).status).toBe(200)
    expect(await logged('lift-007')).toHaveLength(before)
  })
})

const byId = (one: Unit, other: Unit): number => (one.id < other.id ? -1 : 1)
