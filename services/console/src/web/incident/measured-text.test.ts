import { expect, test } from 'vitest'
import { limitText, measuredTexts } from './measured-text.ts'

test('what was measured reads in words, with its unit, in the order in which people tell it', () => {
  const measured = { door: 'closed', ratio: 1.1523, floor: 7, inDoorZone: false, position: 21.4187, silentSeconds: 31 }
  expect(measuredTexts(measured, 'zh').map(({ name, value }) => `${name} ${value}`)).toEqual([
    '楼层 7',
    '轿厢位置 21.42 m',
    '轿门 关闭',
    '在门区 否',
    '比值 115.23 %',
    '无数据 31 秒',
  ])
})

test('a limit reads with its unit, a field that nobody knows by its own name', () => {
  expect(limitText({ value: 30, unit: 's', source: 'practice' }, 'zh')).toBe('30 秒')
  expect(limitText({ value: 8, unit: 'persons', source: 'registered' }, 'en')).toBe('8 persons')
  expect(measuredTexts({ brakeTorque: 1.5 }, 'zh')).toEqual([{ name: 'brakeTorque', value: '1.5' }])
})
