import type { RescueCase, SessionUser } from '@lifeline/contracts'
import { useEffect } from 'react'
import { useAlarm } from '../alarm/alarm-context.tsx'
import { ApiError } from '../api/api-error.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useLanguage } from '../language.tsx'
import { ActionPanel } from './action/action-panel.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { ChartPanel } from './chart/chart-panel.tsx'
import { ContactList } from './contact-list.tsx'
import { DeviceFacts } from './device-facts.tsx'
import { IncidentHead } from './incident-head.tsx'
import { OthersWaiting } from './others-waiting.tsx'
import { ProgressSteps } from './progress-steps.tsx'
import { type Incident, useIncident } from './use-incident.ts'

const { incidentWords, queueWords } = dictionary

export function IncidentPage({ id, user }: { readonly id: string; readonly user: SessionUser }) {
  const { say } = useLanguage()
  const { rescue, detail, error } = useIncident(id)
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
  useEffect(() => {
    seen(rescue)
  }, [seen, rescue])
  return (
    <>
      <IncidentHead rescue={rescue} />
      <ProgressSteps rescue={rescue} />
      <div className="incident-body">
        <div className="incident-column">
          <ContactList contacts={detail?.contacts ?? []} assignedTo={rescue.assignedTo} />
          <DeviceFacts rescue={rescue} device={detail?.device} />
        </div>
        <div className="incident-column">
          <ChartPanel rescue={rescue} />
          <CaseTimeline timeline={rescue.timeline} />
        </div>
        <ActionPanel rescue={rescue} user={user} />
      </div>
    </>
  )
}
