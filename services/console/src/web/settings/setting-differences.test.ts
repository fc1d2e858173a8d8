import { expect, test } from 'vitest'
import { settingDifferences } from './setting-differences.ts'

test('what was set, changed and taken back is told, and nothing that stayed', () => {
  const before = { wind: { stopSpeed: 12, warningSpeed: 10 }, tilt: { permille: 4 } }
  const after = { wind: { stopSpeed: 11, warningSpeed: 10 }, moment: { alarmRatio: 0.9 } }
  expect(settingDifferences(before, after)).toEqual([
    { rule: 'wind', name: 'stopSpeed', from: 12, to: 11 },
    { rule: 'tilt', name: 'permille', from: 4, to: undefined },
    { rule: 'moment', name: 'alarmRatio', from: undefined, to: 0.9 },
  ])
})
