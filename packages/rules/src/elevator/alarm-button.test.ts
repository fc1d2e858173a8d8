import { expect, test } from 'vitest'
import { lift } from '../testing/equipment.ts'
import { LogBuilder } from '../testing/log-builder.ts'

test('the button is heard at once and in every mode', () => {
  for (const mode of ['normal', 'inspection', 'firefighter', 'out_of_service'] as const) {
    expect(new LogBuilder(lift).frame(5, { mode, alarmButton: true }).told()).toEqual(['opened alarm_button major @5'])
  }
})

test('an event of code 90 opens it and its end clears it, though frames say nothing of the button', () => {
  const log = new LogBuilder(lift).frames(1, 5, { speed: 0 }).event(5, 'alarm_button', true).frames(6, 20, { speed: 0 })
  expect(log.event(20, 'alarm_button', false).frames(21, 32, { speed: 0 }).told()).toEqual([
    'opened alarm_button major @5',
    'cleared alarm_button major @20',
  ])
})

test('the end of what never began is ignored', () => {
  expect(new LogBuilder(lift).event(5, 'alarm_button', false).ticks(30).told()).toEqual([])
})

test('repeated presses are one incident', () => {
  const log = new LogBuilder(lift)
  for (let at = 5; at < 40; at += 5) log.frame(at, { alarmButton: true }).frame(at + 1, { alarmButton: false })
  expect(log.told()).toHaveLength(1)
})
