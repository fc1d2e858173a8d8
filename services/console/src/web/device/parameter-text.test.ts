import { expect, test } from 'vitest'
import { parameterText } from './parameter-text.ts'

test('a parameter is one line, whatever it is made of', () => {
  expect(parameterText(1600)).toBe('1600')
  expect(parameterText([0, 3, 6])).toBe('0 · 3 · 6')
  expect(parameterText({ east: 1, north: 2 })).toBe('east: 1 · north: 2')
  expect(
    parameterText({
      2: [
        [3, 8000],
        [60, 1200],
      ],
    }),
  ).toBe('2: 3 m 8000 kg … 60 m 1200 kg')
  expect(parameterText([{ name: '学校', polygon: [] }])).toBe('学校')
  expect(parameterText([])).toBe('')
})
