import { expect, test } from 'vitest'
import { figureText } from './figure-text.ts'

test('a figure is written as its unit asks, and what no case tells is a dash', () => {
  expect(figureText({ value: 754.2, unit: 's' })).toBe('12:34')
  expect(figureText({ value: 0.9876, unit: 'share' })).toBe('98.8 %')
  expect(figureText({ value: 7, unit: 'people' })).toBe('7')
  expect(figureText({ value: null, unit: 's' })).toBe('–')
})
