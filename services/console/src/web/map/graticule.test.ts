import { expect, test } from 'vitest'
import { graticuleLines } from './graticule.ts'

test('lines lie on round degrees, few enough to be read at any scale', () => {
  expect(graticuleLines(29.505, 29.575)).toEqual([29.51, 29.52, 29.53, 29.54, 29.55, 29.56, 29.57])
  expect(graticuleLines(106.0, 106.6)).toEqual([106, 106.1, 106.2, 106.3, 106.4, 106.5, 106.6])
  for (const width of [0.0043, 0.13, 1.7, 40, 170]) {
    expect(graticuleLines(-width / 2, width / 2).length).toBeLessThanOrEqual(10)
  }
})
