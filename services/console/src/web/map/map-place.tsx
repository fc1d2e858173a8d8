import { Button } from 'antd'
import { OnlineMark } from '../device/online-mark.tsx'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { CaseLine } from '../frame/case-line.tsx'
import { useLanguage } from '../language.tsx'
import { pathOfDevice } from '../route.ts'
import type { Place } from './places.ts'

/** What stands at a place, and its open cases. */
export function MapPlace({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const { say } = useLanguage()
  return (
    <section data-testid="map-chosen">
      <header className="map-chosen">
        <h2>{place.siteId}</h2>
        <Button size="small" onClick={onClose}>
          {say(dictionary.newCaseWords.close)}
        </Button>
      </header>
      {place.cases.map((rescue) => (
        <CaseLine key={rescue.id} rescue={rescue} withAddress={false} />
      ))}
      {place.devices.map((device) => (
        <AppLink key={device.deviceId} href={pathOfDevice(device.deviceId)} className="case-line">
          <span>{device.address}</span>
          <OnlineMark device={device} />
        </AppLink>
      ))}
    </section>
  )
}
