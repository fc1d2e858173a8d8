import { expect, test } from 'vitest'
import { mapTilesUrlSchema, tilesOrigin, withTiles } from './map-tiles.ts'
import { pagePolicy } from './security-headers.ts'

const tiles = { url: 'https://{s}.tiles.example/{z}/{x}/{y}.png', attribution: '© "Maps" <a>' }

test('a page is told the tiles, with whatever would end an attribute made harmless; nothing without a setting', () => {
  const page = '<meta name="map-tiles" content="__MAP_TILES_URL__"><meta content="__MAP_TILES_ATTRIBUTION__">'
  expect(withTiles(page, tiles)).toBe(
    '<meta name="map-tiles" content="https://{s}.tiles.example/{z}/{x}/{y}.png"><meta content="© &#34;Maps&#34; &#60;a&#62;">',
  )
  expect(withTiles(page, undefined)).toBe('<meta name="map-tiles" content=""><meta content="">')
})

test('the page’s policy lets images from the tiles’ hosts, and only those', () => {
  expect(tilesOrigin(tiles)).toBe('https://*.tiles.example')
  expect(tilesOrigin({ url: 'http://127.0.0.1:8080/{z}/{x}/{y}', attribution: '' })).toBe('http://127.0.0.1:8080')
  expect(pagePolicy('n', tilesOrigin(tiles))).toContain("img-src 'self' data: https://*.tiles.example;")
  expect(pagePolicy('n')).toContain("img-src 'self' data:;")
})

test('an address without the parts of a tile, or with signs that a policy could not hold, is no setting', () => {
  const ok = (url: string) => mapTilesUrlSchema.safeParse(url).success
  expect(ok(tiles.url)).toBe(true)
  expect(ok('https://tiles.example/{z}/{x}.png')).toBe(false)
  expect(ok("https://tiles.example/{z}/{x}/{y}; script-src 'unsafe-inline'")).toBe(false)
  expect(ok('file:///{z}/{x}/{y}')).toBe(false)
})
