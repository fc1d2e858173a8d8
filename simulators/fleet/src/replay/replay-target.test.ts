import { expect, test } from 'vitest'
import type { RegisteredDevice } from '../registry-client.ts'
import { crane, lift } from '../testing/district.ts'
import type { LiftTrack } from './lift-track.ts'
import type { CraneReading, Recording } from './recording.ts'
import { replayTarget, type TargetQuery } from './replay-target.ts'

/** Up 15 m at 0.6 m/s. */
const track: LiftTrack = {
  landings: [0, 15],
  rides: [{ fromMs: 0, toMs: 25_000, from: 0, to: 1 }],
  durationMs: 25_000,
  positions: Array.from({ length: 251 }, (_, i) => 0.06 * i),
  stepMs: 100,
}
const ride: Recording = { kind: 'elevator', track }
const reading: CraneReading = { atMs: 0, hookLoad: 2_000, radius: 30, hookHeight: 20, falls: 2, windSpeed: 3 }
const lifting = (...changes: Partial<CraneReading>[]): Recording => ({
  kind: 'tower-crane',
  readings: changes.map((change) => ({ ...reading, ...change })),
})
const parameters = { ratedLoad: 630, ratedSpeed: 1, floors: 5, installedOn: '2010-01-01' }

const devices: RegisteredDevice[] = [
  crane('crane-1', 0, 0, 40),
  lift('low', { parameters: { ...parameters, travel: 12 } }),
  lift('slow', { parameters: { ...parameters, travel: 30, ratedSpeed: 0.5 } }),
  lift('parked', { approvedForUse: false }),
  lift('without-sign-in'),
  { ...lift('heard'), lastSeenAt: 5_000 },
  lift('good'),
]
const credentials = {
  devices: devices
    .filter(({ deviceId }) => deviceId !== 'without-sign-in')
    .map(({ deviceId, kind }) => ({ deviceId, kind, username: deviceId, password: 'p' })),
}
const target = (recording: Recording, options: Partial<TargetQuery> = {}) =>
  replayTarget(devices, credentials, { recording, ...options })

test('a lift’s recording goes to the first lift that is high and fast enough, in use, and can sign in', () => {
  expect(target(ride).device.deviceId).toBe('heard')
  expect(target(ride).signIn.username).toBe('heard')
})

test('handed in faster it goes to one that was not heard since the recording would have begun', () => {
  expect(target(ride, { unheardSince: 4_000 }).device.deviceId).toBe('good')
  expect(target(ride, { unheardSince: 6_000 }).device.deviceId).toBe('heard')
})

test('one with an open case is left alone, unless it is asked for by name', () => {
  const openCases = new Set(['heard'])
  expect(target(ride, { openCases }).device.deviceId).toBe('good')
  expect(target(ride, { openCases, deviceId: 'heard' }).device.deviceId).toBe('heard')
})

test.each([
  ['crane-1', /kind is tower-crane, the recording's elevator/],
  ['low', /travels 12 m, the recorded lift 15\.0 m/],
  ['slow', /runs 0\.5 m\/s, the recorded lift 0\.60 m\/s/],
  ['parked', /not approved for use/],
  ['without-sign-in', /sign-in is not in the credentials/],
  ['nobody', /nobody is not registered/],
])('%s cannot play it, and why is said', (deviceId, reason) => {
  expect(() => target(ride, { deviceId })).toThrow(reason)
})

test('a crane plays what stays under 80 % of its own chart and within its jib', () => {
  expect(target(lifting({})).device.deviceId).toBe('crane-1')
  expect(() => target(lifting({ hookLoad: 2_700 }), { deviceId: 'crane-1' })).toThrow(/2700 kg at 30 m is over 80 %/)
  expect(() => target(lifting({ radius: 61, hookLoad: 0 }))).toThrow(/jib ends at 60 m, the recorded one was at 61 m/)
})
