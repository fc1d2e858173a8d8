import { expect, test } from 'vitest'
import { planLinks } from './link-plan.ts'
import { district } from './testing/district.ts'

const devices = district.map(({ deviceId, kind }) => ({
  deviceId,
  kind,
  username: deviceId,
  password: `of ${deviceId}`,
}))
const gateway = (gatewayId: string, siteId: string) => ({
  gatewayId,
  siteId,
  username: gatewayId,
  password: `of ${gatewayId}`,
  devices: district.filter((device) => device.siteId === siteId).map(({ deviceId }) => deviceId),
})
const inShort = (links: ReturnType<typeof planLinks>) =>
  Object.fromEntries(links.map(({ clientId, carried }) => [clientId, carried.map(({ deviceId }) => deviceId)]))

test('a construction site speaks through its gateway, each lift for itself', () => {
  const gateways = [gateway('gw-works', 'works'), gateway('gw-house', 'house')]
  const links = planLinks({ users: [], devices, gateways }, district)
  expect(inShort(links)).toEqual({
    'gw-works': ['crane-1', 'crane-2', 'hoist-1', 'hoist-2'],
    ...Object.fromEntries(['lift-1', 'lift-2', 'lift-3', 'lift-4', 'lift-5'].map((id) => [id, [id]])),
  })
  expect(links[0]).toMatchObject({ username: 'gw-works', password: 'of gw-works' })
})

test('without a gateway every device has its own connection', () => {
  const links = planLinks({ users: [], devices, gateways: [] }, district)
  expect(links.map(({ clientId }) => clientId)).toEqual(district.map(({ deviceId }) => deviceId))
})

test('what is not registered, and what nobody can sign in for, is left out', () => {
  const unknown = { deviceId: 'gone', kind: 'elevator', username: 'gone', password: 'x' } as const
  expect(inShort(planLinks({ users: [], devices: [unknown], gateways: [] }, district))).toEqual({})
})
