import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import 'leaflet/dist/leaflet.css'
import { allDevices } from '../device/device-api.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { CaseLine } from '../frame/case-line.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { openCases } from '../live/case-book.ts'
import { useDesk, useDeskView, useNow } from '../live/desk-context.tsx'
import { compareCases } from '../queue/queue-order.ts'
import { go, pathOfIncident } from '../route.ts'
import { DistrictMap } from './district-map.ts'
import { MapPlace } from './map-place.tsx'
import { type Place, placesOf } from './places.ts'
import { useCrews } from './use-crews.ts'

const refreshMs = 30_000
/** A crew tells its place every few seconds while it drives. */
const oldMs = 120_000
const { crewWords, mapWords, queueWords } = dictionary

const none: readonly never[] = []

/** Where things are: machines, stations, crews under way, and open cases that pulse. A press on one leads to it. */
export default function MapPage() {
  const { api } = useDesk()
  const { cases, units } = useDeskView()
  const { say } = useLanguage()
  const holder = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<DistrictMap>()
  const [chosenKey, setChosenKey] = useState<string>()
  const { answer: devices, error } = useAnswer(
    useCallback(() => allDevices(api), [api]),
    refreshMs,
  )
  const open = useMemo(() => openCases(cases).toSorted(compareCases), [cases])
  const places = useMemo(() => placesOf(devices ?? [], open), [devices, open])
  useEffect(() => {
    if (holder.current === null) return
    const map = new DistrictMap(holder.current, (place: Place) => {
      const [only, another] = place.cases.filter(({ priority }) => priority < 4)
      if (only !== undefined && another === undefined) go(pathOfIncident(only.id))
      else setChosenKey(place.key)
    })
    setDrawn(map)
    return () => {
      map.remove()
      setDrawn(undefined)
    }
  }, [])
  const { answer: crews = none, error: crewError } = useCrews(open)
  // Their age in whole minutes: the marks are not made anew every second.
  const minute = Math.floor(useNow() / 60_000)
  useEffect(() => {
    const stations = [...units.values()].filter(({ kind }) => kind !== 'use')
    const marks = crews.map(({ unitId, caseId, at, lat, lon }) => {
      const unit = units.get(unitId)?.name ?? unitId
      const ageMs = minute * 60_000 - at
      const old = ageMs > oldMs
      const name = old ? say(crewWords.old, { unit, n: Math.floor(ageMs / 60_000) }) : unit
      return { location: { lat, lon }, name, old, onPress: () => go(pathOfIncident(caseId)) }
    })
    drawn?.show({ places, stations, crews: marks })
  }, [drawn, places, units, crews, minute, say])
  const chosen = places.find(({ key }) => key === chosenKey)
  const urgent = open.filter(({ priority }) => priority < 4)
  return (
    <main className="map-page" data-testid="map-page">
      <div ref={holder} className="map" role="application" aria-label={say(dictionary.pageWords.map)} />
      <aside className="panel map-side">
        <ProblemNote error={error ?? crewError} />
        {devices === undefined && error === undefined && <p>{say(queueWords.loading)}</p>}
        {chosen !== undefined && <MapPlace place={chosen} onClose={() => setChosenKey(undefined)} />}
        <h2>{say(mapWords.urgent)}</h2>
        {urgent.length === 0 && <p className="table-faint">{say(mapWords.noneUrgent)}</p>}
        {urgent.map((rescue) => (
          <CaseLine key={rescue.id} rescue={rescue} withAddress />
        ))}
        <ul className="map-legend">
          {(['life', 'major', 'warning', 'calm', 'silent', 'drill'] as const).map((look) => (
            <li key={look}>
              <i className={`map-place map-${look}`} /> {say(mapWords[look])}
            </li>
          ))}
          <li>
            <i className="map-crew" /> {say(crewWords.crew)}
          </li>
          <li>
            <i className="map-station map-station-station" /> {say(mapWords.station)}
          </li>
        </ul>
      </aside>
    </main>
  )
}
