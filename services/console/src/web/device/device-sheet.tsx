import type { Device } from '../api/api-client.ts'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { Fact } from '../frame/fact.tsx'
import { Phone } from '../frame/phone.tsx'
import { useLanguage } from '../language.tsx'
import { useDeskView } from '../live/desk-context.tsx'
import { parameterText } from './parameter-text.ts'

const { deviceWords, incidentWords, parameterWords, valueWords } = dictionary

/** What the registry says of a machine. */
export function DeviceSheet({ device }: { readonly device: Device }) {
  const { say } = useLanguage()
  const { units } = useDeskView()
  const { useUnit, maintenanceUnit, operators, inspectionDueOn, format } = device
  const maintainer = units.get(maintenanceUnit)
  const user = [...units.values()].find(({ kind, name }) => kind === 'use' && name === useUnit)
  const { lat, lon } = device.location
  return (
    <div className="incident-column">
      <section className="panel">
        <h2>{say(deviceWords.facts)}</h2>
        <dl className="facts">
          <Fact name={say(incidentWords.registrationCode)}>{device.registrationCode}</Fact>
          <Fact name={say(deviceWords.site)}>
            {device.siteId} · {lat.toFixed(4)}, {lon.toFixed(4)}
          </Fact>
          <Fact name={say(incidentWords.useUnit)}>
            {useUnit} {user !== undefined && <Phone number={user.phone} />}
          </Fact>
          <Fact name={say(deviceWords.maintenanceUnit)}>
            {maintainer?.name ?? maintenanceUnit} {maintainer !== undefined && <Phone number={maintainer.phone} />}
          </Fact>
          <Fact name={say(deviceWords.approved)}>
            {device.approvedForUse ? (
              say(valueWords.true)
            ) : (
              <b className="alert-text">{say(incidentWords.notApproved)}</b>
            )}
          </Fact>
          {inspectionDueOn !== undefined && <Fact name={say(deviceWords.inspectionDue)}>{inspectionDueOn}</Fact>}
          <Fact name={say(deviceWords.format)}>{format ?? say(deviceWords.native)}</Fact>
          <Fact name={say(deviceWords.reportInterval)}>{device.reportInterval} s</Fact>
          {operators.length > 0 && <Fact name={say(deviceWords.operators)}>{operators.join(', ')}</Fact>}
        </dl>
      </section>
      <section className="panel">
        <h2>{say(deviceWords.parameters)}</h2>
        <dl className="facts">
          {Object.entries(device.parameters).map(([name, value]) => (
            <Fact key={name} name={say(lookUp(parameterWords, name))}>
              {parameterText(value)}
            </Fact>
          ))}
        </dl>
      </section>
    </div>
  )
}
