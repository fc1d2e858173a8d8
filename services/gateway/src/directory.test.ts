import { describe, expect, test } from 'vitest'
import { ZodError } from 'zod'
import { Directory } from './directory.ts'
import { credentialFor } from './testing/credential-for.ts'

const directory = new Directory(8)
const gateway = credentialFor('GW-1', 'secret', ['EL-1', 'HO-1', 'EL-9'])
directory.setCredential('GW-1', gateway)
directory.setEquipment('EL-1', { kind: 'elevator', siteId: 'tower-a', deviceId: 'EL-1' })
directory.setEquipment('HO-1', { kind: 'hoist', siteId: 'tower-b' })
directory.setEquipment('EL-2', { kind: 'elevator', siteId: 'tower-a' })

describe('signing in', () => {
  test('takes the right secret only', () => {
    expect(directory.signIn('GW-1', Buffer.from('secret'))).toEqual(gateway)
    for (const secret of ['', 'secret ', 'Secret'])
      expect(directory.signIn('GW-1', Buffer.from(secret))).toBeUndefined()
    expect(directory.signIn('GW-2', Buffer.from('secret'))).toBeUndefined()
    expect(directory.signIn('constructor', Buffer.from('secret'))).toBeUndefined()
  })

  test('takes nobody whose hash is not one', () => {
    const other = new Directory(1)
    other.setCredential('A', { ...gateway, secretHash: '' })
    expect(other.signIn('A', Buffer.alloc(0))).toBeUndefined()
  })
})

test('an own device of its kind may publish upwards, to the partition of its site', () => {
  expect(directory.route(gateway, 'v1/elevator/EL-1/telemetry')).toMatchObject({
    siteId: 'tower-a',
    channel: 'telemetry',
  })
  expect(directory.route(gateway, 'v1/hoist/HO-1/status')).toMatchObject({ siteId: 'tower-b', channel: 'status' })
})

test.each([
  ['v1/elevator/EL-2/telemetry', 'foreign_device'],
  ['v1/elevator/EL-9/telemetry', 'not_registered'],
  ['v1/hoist/EL-1/telemetry', 'wrong_kind'],
  ['v1/elevator/EL-1/error', 'down_topic'],
  ['v1/elevator/EL-1/command', 'down_topic'],
  ['v1/elevator/EL-1/telemetry/x', 'no_device_topic'],
  ['v1/escalator/EL-1/telemetry', 'no_device_topic'],
  ['v1/elevator/+/telemetry', 'no_device_topic'],
  ['$SYS/broker', 'no_device_topic'],
  ['', 'no_device_topic'],
])('a PUBLISH on %s is refused: %s', (topic, reason) => {
  expect(directory.route(gateway, topic)).toBe(reason)
})

test('subscriptions reach the topics of one own device, wild in the last level only', () => {
  const may = (filter: string) => directory.maySubscribe(gateway, filter)
  for (const last of ['error', 'command', 'status', '+', '#']) expect(may(`v1/elevator/EL-1/${last}`)).toBe(true)
  for (const filter of [
    '#',
    '+/+/+/+',
    'v1/#',
    'v1/elevator/#',
    'v1/elevator/+/error',
    'v1/+/EL-1/error',
    'v1/elevator/EL-2/error',
    'v1/elevator/EL-2/#',
    'v1/hoist/EL-1/error',
    'v1/elevator/EL-1/error/#',
    'v1/elevator/EL-1/+/#',
    '$SYS/#',
    '$share/g/v1/elevator/EL-1/error',
  ]) {
    expect(may(filter), filter).toBe(false)
  }
})

test('every change makes what was derived before stale', () => {
  const changing = new Directory(8)
  const versions = [changing.version]
  changing.setEquipment('EL-1', { kind: 'elevator', siteId: 'a' })
  versions.push(changing.version)
  changing.setEquipment('EL-1', undefined)
  versions.push(changing.version)
  expect(() => changing.setCredential('x', { username: 'x' })).toThrow(ZodError)
  versions.push(changing.version)
  expect(new Set(versions).size).toBe(4)
  expect(changing.route(gateway, 'v1/elevator/EL-1/telemetry')).toBe('not_registered')
})

test('a value that is no credential leaves nobody behind it', () => {
  const changing = new Directory(8)
  changing.setCredential('GW-1', gateway)
  expect(() => changing.setCredential('GW-1', { ...gateway, devices: 'all' })).toThrow(ZodError)
  expect(changing.signIn('GW-1', Buffer.from('secret'))).toBeUndefined()
})
