import type { ElevatorFrame, Frame } from '@lifeline/contracts'
import { Reporting } from '@lifeline/simulator-physics'
import { expect, test } from 'vitest'
import { DrivenDevice } from './driven-device.ts'
import { createMachine } from './machine.ts'
import { reportingProfile } from './reporting-profile.ts'
import { lift } from './testing/district.ts'

const noon = Date.UTC(2026, 10, 24, 4)
const device = lift('lift-1')

function frames(errs: boolean): readonly ElevatorFrame[] {
  const machine = createMachine(device, [device], 'seed', noon)
  const reporting = new Reporting<Frame>({ profile: reportingProfile(device), seed: 'seed', startTime: noon })
  const driven = new DrivenDevice(device, machine, noon, [], errs ? reporting : undefined)
  const sent: Frame[] = []
  for (let now = noon; now <= noon + 3_600_000; now += 250) sent.push(...driven.advance(now).frames)
  return sent as ElevatorFrame[]
}

test('a device without errors sends the truth: a car at rest stands exactly still', () => {
  const sent = frames(false)
  expect(new Set(sent.filter(({ door }) => door !== 'closed').map(({ speed }) => speed))).toEqual(new Set([0]))
})

test('with errors its speed has noise, its frames are counted one by one, and it sends no oftener for that', () => {
  const [truth, sent] = [frames(false), frames(true)]
  expect(new Set(sent.map(({ speed }) => speed)).size).toBeGreaterThan(100)
  expect(sent.slice(0, 20).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect(Math.abs(sent.length - truth.length)).toBeLessThan(0.05 * truth.length)
})
