/** The tiles that the operator has set (`MAP_TILES_URL`), as the server wrote them into the page; undefined: none. */
export function mapTiles(): { readonly url: string; readonly attribution: string } | undefined {
  const of = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''
  const url = of('map-tiles')
  return url.includes('{z}') ? { url, attribution: of('map-attribution') } : undefined
}
