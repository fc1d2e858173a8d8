import { z } from 'zod'

/** Where the map's tiles come from, and whom they are owed to. */
export interface MapTiles {
  /** With `{z}`, `{x}`, `{y}`, and `{s}` for one of several hosts. */
  readonly url: string
  readonly attribution: string
}

export const mapTilesUrlSchema = z
  .string()
  .regex(/^https?:\/\/[^\s"'<>;,]+$/, 'an http or https address')
  .refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'needs {z}, {x} and {y}')

/** Stand in the built page where the setting goes. */
const urlPlaceholder = '__MAP_TILES_URL__'
const attributionPlaceholder = '__MAP_TILES_ATTRIBUTION__'

/** What a page's policy has to let images from: the tiles' hosts. */
export const tilesOrigin = ({ url }: MapTiles): string => new URL(url.replace('{s}', '*')).origin.replace('%2A', '*')

export const withTiles = (page: string, tiles: MapTiles | undefined): string =>
  page
    .replaceAll(urlPlaceholder, escaped(tiles?.url ?? ''))
    .replaceAll(attributionPlaceholder, escaped(tiles?.attribution ?? ''))

const escaped = (text: string): string => text.replace(/[&"<>]/g, (sign) => `&#${sign.codePointAt(0)};`)
