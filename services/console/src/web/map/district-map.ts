import type { Unit } from '@lifeline/contracts'
import * as leaflet from 'leaflet'
import { graticuleLines } from './graticule.ts'
import { mapTiles } from './map-tiles.ts'
import { lookOf, type Place } from './places.ts'

export interface MapContent {
  readonly places: readonly Place[]
  readonly stations: readonly Unit[]
  readonly crews: readonly CrewMark[]
}

export interface CrewMark {
  readonly location: Place['location']
  readonly name: string
  /** Heard of some time ago: it may be elsewhere by now. */
  readonly old: boolean
  readonly onPress: () => void
}

/** Draws a district with Leaflet: over the operator's tiles, or over a plain graticule where there are none. */
export class DistrictMap {
  readonly #map: leaflet.Map
  readonly #lines = leaflet.layerGroup()
  readonly #marks = leaflet.layerGroup()
  readonly #onPlace: (place: Place) => void
  #fitted = false

  constructor(holder: HTMLElement, onPlace: (place: Place) => void) {
    this.#onPlace = onPlace
    this.#map = leaflet.map(holder, { zoomControl: true, attributionControl: false }).setView([29.55, 106.25], 12)
    const tiles = mapTiles()
    if (tiles === undefined) {
      this.#lines.addTo(this.#map)
      this.#map.on('moveend resize', () => this.#drawLines())
      this.#drawLines()
    } else {
      leaflet.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 19 }).addTo(this.#map)
      leaflet.control.attribution({ prefix: false }).addTo(this.#map)
    }
    this.#marks.addTo(this.#map)
  }

  show({ places, stations, crews }: MapContent): void {
    this.#marks.clearLayers()
    for (const { name, kind, location } of stations) {
      if (location === undefined) continue
      this.#mark(location, `map-station map-station-${kind}`, '', name, 0, 18)
    }
    for (const place of places) {
      const { devices, cases, location } = place
      const look = lookOf(place)
      const urgent = cases.length > 0 && (cases[0]?.priority ?? 4) < 4
      const mark = this.#mark(
        location,
        `map-place map-${look}${urgent ? ' map-pulse' : ''}`,
        String(devices.length),
        devices[0]?.address ?? place.siteId,
        urgent ? 1000 : 0,
      )
      mark.on('click', () => this.#onPlace(place))
      mark.getElement()?.setAttribute('data-testid', 'map-place')
      mark.getElement()?.setAttribute('data-look', look)
    }
    for (const { location, name, old, onPress } of crews) {
      const look = old ? 'map-crew map-crew-old' : 'map-crew'
      const mark = this.#mark(location, look, name, name, 2000, 0)
      mark.on('click', onPress)
      mark.getElement()?.setAttribute('data-testid', 'map-crew')
    }
    this.#fit(places, stations)
  }

  remove(): void {
    this.#map.remove()
  }

  #mark(
    { lat, lon }: Place['location'],
    className: string,
    text: string,
    title: string,
    zIndexOffset: number,
    size = 30,
  ) {
    const element = document.createElement('span')
    element.textContent = text
    const icon = leaflet.divIcon({ className, html: element, iconSize: [size, size] })
    const mark = leaflet.marker([lat, lon], { icon, title, alt: title, zIndexOffset, riseOnHover: true })
    return mark.addTo(this.#marks)
  }

  /** Once, on all there is; from then on the view is whoever's moves it. */
  #fit(places: readonly Place[], stations: readonly Unit[]): void {
    const points = [...places, ...stations].flatMap(({ location }) =>
      location === undefined ? [] : [leaflet.latLng(location.lat, location.lon)],
    )
    if (this.#fitted || places.length === 0) return
    this.#fitted = true
    this.#map.fitBounds(leaflet.latLngBounds(points).pad(0.03), { animate: false })
  }

  #drawLines(): void {
    const bounds = this.#map.getBounds()
    const [south, north, west, east] = [bounds.getSouth(), bounds.getNorth(), bounds.getWest(), bounds.getEast()]
    this.#lines.clearLayers()
    const style = { className: 'map-line', interactive: false }
    const label = (at: leaflet.LatLngTuple, text: string): void => {
      const element = document.createElement('span')
      element.textContent = text
      const icon = leaflet.divIcon({
        className: 'map-line-label',
        html: element,
        iconSize: [90, 18],
        iconAnchor: [-4, 18],
      })
      leaflet.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.#lines)
    }
    for (const lat of graticuleLines(south, north)) {
      leaflet
        .polyline(
          [
            [lat, west],
            [lat, east],
          ],
          style,
        )
        .addTo(this.#lines)
      label([lat, west], `${lat}° N`)
    }
    for (const lon of graticuleLines(west, east)) {
      leaflet
        .polyline(
          [
            [south, lon],
            [north, lon],
          ],
          style,
        )
        .addTo(this.#lines)
      label([south, lon], `${lon}° E`)
    }
  }
}
