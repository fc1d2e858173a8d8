import { expect, test } from 'vitest'
import { crane } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

const log = () => new LogBuilder(crane)

test('an inclinometer of one axis opens a tilt, and ends it', () => {
  expect(log().frames(1, 20, { tiltX: 0.3 }).frames(20, 40, { tiltX: 0.05 }).told('tilt')).toEqual([
    'opened tilt major @3',
    'cleared tilt major @20',
  ])
})

test('two readings of one axis with sound ones between are no tilt', () => {
  const builder = log().frame(1, { tiltX: 0.3 }).frames(2, 60, { tiltX: 0.05 }).frame(60, { tiltX: 0.3 })
  expect(builder.frames(61, 70, { tiltX: 0.05 }).told('tilt')).toEqual([])
})

test('an axis that is left out does not end the tilt that it showed', () => {
  const builder = log().frames(1, 20, { tiltX: 0.3, tiltY: 0 }).frames(20, 40, { tiltY: 0 })
  expect(builder.told('tilt')).toEqual(['opened tilt major @3'])
})

test('a crane that tells its hook’s height alone reaches the limit, and leaves it', () => {
  expect(log().frames(1, 20, { hookHeight: 44.5 }).frames(20, 40, { hookHeight: 30 }).told('limit_reached')).toEqual([
    'opened limit_reached warning @2',
    'cleared limit_reached warning @20',
  ])
})

test('the radius does not end what the hook’s height showed', () => {
  const builder = log().frames(1, 20, { hookHeight: 44.5, radius: 30 }).frames(20, 40, { radius: 30 })
  expect(builder.told('limit_reached')).toEqual(['opened limit_reached warning @2'])
})
