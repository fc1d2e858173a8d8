import type { RescueCase } from '@lifeline/contracts'
import type { Device } from '../api/api-client.ts'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { Fact } from '../frame/fact.tsx'
import { whenText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { useDeskView, useNow } from '../live/desk-context.tsx'
import { pathOfDevice, pathOfIncident } from '../route.ts'
import { limitText, measuredTexts } from './measured-text.ts'

const { incidentWords, kindWords, ruleWords, sourceWords } = dictionary

/** What is known of the device and of what was measured. */
export function DeviceFacts({ rescue, device }: { readonly rescue: RescueCase; readonly device: Device | undefined }) {
  const { say, language } = useLanguage()
  const now = useNow()
  const { limit, clearedAt, parentId } = rescue
  const parent = useDeskView().cases.get(parentId ?? '')
  return (
    <section className="panel">
      <h2>{say(incidentWords.facts)}</h2>
      <dl className="facts">
        {measuredTexts(rescue.measured, language).map(({ name, value }) => (
          <Fact key={name} name={name} strong>
            {value}
          </Fact>
        ))}
        {limit !== undefined && (
          <>
            <Fact name={say(incidentWords.limit)} strong>
              {limitText(limit, language)}
            </Fact>
            <Fact name={say(incidentWords.source)}>{say(lookUp(sourceWords, limit.source))}</Fact>
          </>
        )}
        <Fact name={say(incidentWords.openedAt)}>{whenText(rescue.openedAt, now)}</Fact>
        {clearedAt !== undefined && <Fact name={say(incidentWords.clearedAt)}>{whenText(clearedAt, now)}</Fact>}
        {parentId !== undefined && (
          <Fact name={say(incidentWords.belongsTo)}>
            <AppLink href={pathOfIncident(parentId)} className="case-link">
              {parent === undefined ? parentId : `${say(ruleWords[parent.rule])} ${parent.address}`}
            </AppLink>
          </Fact>
        )}
        <Fact name={say(incidentWords.device)}>
          <AppLink href={pathOfDevice(rescue.deviceId)} className="case-link" data-testid="device-link">
            {rescue.deviceId}
          </AppLink>{' '}
          · {say(kindWords[rescue.kind])}
          {device?.approvedForUse === false && <b className="alert-text"> · {say(incidentWords.notApproved)}</b>}
        </Fact>
        {device !== undefined && (
          <>
            <Fact name={say(incidentWords.registrationCode)}>{device.registrationCode}</Fact>
            <Fact name={say(incidentWords.useUnit)}>{device.useUnit}</Fact>
          </>
        )}
      </dl>
    </section>
  )
}
