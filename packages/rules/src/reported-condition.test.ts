import { expect, test } from 'vitest'
import { crane, hoist, lift } from './testing/equipment.ts'
import { LogBuilder } from './testing/log-builder.ts'

test('what a lift’s terminal reports by its own code is believed at once, and ends when it says so', () => {
  const riding = { mode: 'normal', speed: 1.5, door: 'closed' } as const
  const told = (code: string) =>
    new LogBuilder(lift)
      .frames(1, 5, { ...riding, faults: [] })
      .frames(5, 8, { ...riding, faults: [code] })
      .frames(8, 80, { ...riding, faults: [] })
      .told()
  for (const [code, rule, severity] of [
    ['moving_with_door_open', 'moving_with_door_open', 'critical'],
    ['overspeed', 'overspeed', 'critical'],
    ['unintended_car_movement', 'unintended_movement', 'critical'],
    ['top_overrun', 'overtravel_top', 'critical'],
    ['pit_overrun', 'overtravel_bottom', 'critical'],
    ['stop_outside_unlocking_zone', 'stop_outside_door_zone', 'warning'],
    ['door_reversing_repeatedly', 'door_fault', 'warning'],
    ['door_close_fault', 'door_fault', 'warning'],
    ['safety_chain_open', 'safety_chain_open', 'major'],
    ['main_power_off', 'power_loss', 'warning'],
    ['entrapment', 'entrapment', 'critical'],
    ['alarm_button', 'alarm_button', 'major'],
  ] as const) {
    expect(told(code)).toEqual([`opened ${rule} ${severity} @5`, `cleared ${rule} ${severity} @8`])
  }
})

test('an event does as a fault does: while it is active, and frames say nothing else', () => {
  const log = new LogBuilder(lift).frames(1, 5, { speed: 1 }).event(5, 'top_overrun', true).frames(6, 9, { speed: 1 })
  expect(log.event(9, 'top_overrun', false).frames(10, 22, { speed: 1 }).told()).toEqual([
    'opened overtravel_top critical @5',
    'cleared overtravel_top critical @9',
  ])
})

test('a crane’s and a hoist’s own monitors are believed too', () => {
  const one = (equipment: typeof crane | typeof hoist, code: string) =>
    new LogBuilder(equipment).frame(5, { faults: [code] }).told()
  expect(one(crane, 'moment_alarm')).toEqual(['opened moment major @5'])
  expect(one(crane, 'collision_alarm')).toEqual(['opened collision critical @5'])
  expect(one(crane, 'zone_alarm')).toEqual(['opened forbidden_zone major @5'])
  expect(one(hoist, 'people_alarm')).toEqual(['opened too_many_people warning @5'])
  expect(one(hoist, 'top_alarm')).toEqual(['opened overtravel_top critical @5'])
  expect(one(crane, 'moment_prealarm')).toEqual([])
})
