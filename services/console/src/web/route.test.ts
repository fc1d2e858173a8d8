import { expect, test } from 'vitest'
import { pathOf, pathOfDevice, pathOfIncident, routeOf } from './route.ts'

test('an address leads to the page it was made for, whatever is in the id', () => {
  for (const id of ['42', 'a/b', '困人 1']) {
    expect(routeOf(pathOfIncident(id))).toEqual({ page: 'incident', id })
    expect(routeOf(pathOfDevice(id))).toEqual({ page: 'device', id })
  }
  for (const page of ['queue', 'devices', 'map', 'roster', 'statistics', 'wall'] as const) {
    expect(routeOf(pathOf(page))).toEqual({ page })
  }
  expect(routeOf('/administration/audit')).toEqual({ page: 'administration', tab: 'audit' })
  expect(routeOf('/administration')).toEqual({ page: 'administration', tab: 'users' })
})

test('a wall is reached by the hash that its browser is pointed at', () => {
  expect(routeOf('/#/wall')).toEqual({ page: 'wall' })
  expect(routeOf('/#')).toEqual({ page: 'queue' })
})

test('every other address is the queue', () => {
  expect(['/', '/incidents', '/incidents/', '/else'].map((path) => routeOf(path).page)).toEqual(Array(4).fill('queue'))
})
