import type { RescueCase, SessionUser } from '@lifeline/contracts'
import { useEffect } from 'react'
import { useAlarm } from '../alarm/alarm-context.tsx'
import { ApiError } from '../api/api-error.ts'
import { AnnouncePanel } from '../command/announce-panel.tsx'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useKeys } from '../frame/use-keys.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { go } from '../route.ts'
import { isDesk } from '../session.ts'
import { ComfortScript } from '../trapped/comfort-script.tsx'
import { OutsideProposals } from '../trapped/outside-proposals.tsx'
import { ActionPanel } from './action/action-panel.tsx'
import { ChartPanel, viewsOf } from './chart/chart-panel.tsx'
import { ContactList } from './contact-list.tsx'
import { DeviceFacts } from './device-facts.tsx'
import { IncidentHead } from './incident-head.tsx'
import { OthersWaiting } from './others-waiting.tsx'
import { ProgressSteps } from './progress-steps.tsx'
import { CaseRecord } from './record/case-record.tsx'
import { unreachedUnits } from './record/unreached-units.ts'
import { useDeliveries } from './record/use-deliveries.ts'
import { useCaseAct } from './use-case-act.ts'
import { type Incident, useIncident } from './use-incident.ts'
import { isYoung } from './young.ts'

const { callWords, incidentWords, queueWords } = dictionary

export function IncidentPage({ id, user }: { readonly id: string; readonly user: SessionUser }) {
  const { say } = useLanguage()
  const { rescue, detail, error } = useIncident(id)
  useKeys({ escape: () => go('/') })
  const missing = error instanceof ApiError && error.status === 404
  return (
    <main className="incident" data-testid="incident" data-incident-id={id} data-state={rescue?.state}>
      <OthersWaiting besides={id} />
      {missing ? <p className="queue-none">{say(incidentWords.notFound)}</p> : <ProblemNote error={error} />}
      {rescue === undefined ? (
        <nav>
          <AppLink href="/">{say(incidentWords.back)}</AppLink>
          {!missing && <p className="queue-none">{say(queueWords.loading)}</p>}
        </nav>
      ) : (
        <IncidentView rescue={rescue} detail={detail} user={user} />
      )}
    </main>
  )
}

function IncidentView(props: {
  readonly rescue: RescueCase
  readonly detail: Incident['detail']
  readonly user: SessionUser
}) {
  const { rescue, detail, user } = props
  const { seen } = useAlarm()
  const { say } = useLanguage()
  const { busy, error, act } = useCaseAct(rescue.id)
  const young = isYoung(rescue, useNow())
  const deliveries = useDeliveries(rescue)
  const unreached =
    rescue.state === 'assigned' &&
    rescue.assignedTo !== undefined &&
    unreachedUnits(deliveries.answer ?? []).includes(rescue.assignedTo)
  const talks = isDesk(user) || user.role === 'maintenance'
  useEffect(() => {
    seen(rescue)
  }, [seen, rescue])
  return (
    <>
      <IncidentHead rescue={rescue} />
      {rescue.drill && (
        <p className="drill-banner" data-testid="drill-banner">
          {say(callWords.drill)} · {say(callWords.drillCase)}
        </p>
      )}
      <ProgressSteps rescue={rescue} />
      <ProblemNote error={error} />
      <div className="proposals">
        <OutsideProposals rescue={rescue} busy={busy} may={isDesk(user)} onAct={(body) => act('decide', body)} />
      </div>
      <div className="incident-body">
        <div className="incident-column">
          <ContactList
            contacts={detail?.contacts ?? []}
            asked={[rescue.assignedTo, ...(rescue.alsoAsked ?? [])].filter((id) => id !== undefined)}
          />
          {rescue.lifeSafety && <AnnouncePanel deviceId={rescue.deviceId} may={talks && rescue.state !== 'closed'} />}
          <DeviceFacts rescue={rescue} device={detail?.device} />
        </div>
        <div className="incident-column">
          {young && talks && <ComfortScript />}
          <ChartPanel deviceId={rescue.deviceId} kind={rescue.kind} views={viewsOf(rescue)} rescue={rescue} />
          <CaseRecord rescue={rescue} user={user} deliveries={deliveries} />
        </div>
        <ActionPanel rescue={rescue} user={user} unreached={unreached} />
      </div>
    </>
  )
}
