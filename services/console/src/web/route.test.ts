import { expect, test } from 'vitest'
import { pathOfIncident, routeOf } from './route.ts'

test('an address leads to the page it was made for, whatever is in the id', () => {
  for (const id of ['42', 'a/b', '困人 1']) {
    expect(routeOf(pathOfIncident(id))).toEqual({ page: 'incident', id })
  }
})

test('every other address is the queue', () => {
  expect(['/', '/incidents', '/incidents/', '/else'].map((path) => routeOf(path).page)).toEqual(Array(4).fill('queue'))
})
