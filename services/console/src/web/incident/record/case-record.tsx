import type { RescueCase, SessionUser } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { useLanguage } from '../../language.tsx'
import { useDeskView } from '../../live/desk-context.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { CrewPanel } from './crew-panel.tsx'
import { DeliveryList } from './delivery-list.tsx'
import { unreachedUnits } from './unreached-units.ts'
import { useDeliveries } from './use-deliveries.ts'

const { crewWords, incidentWords, noticeWords } = dictionary
const tabs = ['timeline', 'notices', 'crew'] as const

/** What happened, who was told of it and how that went, and what the crew sent. */
export function CaseRecord({ rescue, user }: { readonly rescue: RescueCase; readonly user: SessionUser }) {
  const { say } = useLanguage()
  const { units } = useDeskView()
  const [tab, setTab] = useState<(typeof tabs)[number]>('timeline')
  const deliveries = useDeliveries(rescue)
  const unreached = unreachedUnits(deliveries.answer ?? []).filter((id) => id === rescue.assignedTo)
  const names = { timeline: incidentWords.timeline, notices: noticeWords.tab, crew: crewWords.tab }
  return (
    <section className="panel timeline-panel">
      <header className="record-head">
        <Segmented
          size="small"
          value={tab}
          onChange={setTab}
          options={tabs.map((value) => ({ value, label: say(names[value]) }))}
          data-testid="record-tabs"
        />
        {rescue.state === 'assigned' &&
          unreached.map((id) => (
            <b key={id} className="alert-text" role="alert" data-testid="unreached">
              {say(noticeWords.unreached, { unit: units.get(id)?.name ?? id })}
            </b>
          ))}
      </header>
      {tab === 'timeline' && <CaseTimeline timeline={rescue.timeline} />}
      {tab === 'notices' && <DeliveryList deliveries={deliveries} rescue={rescue} user={user} />}
      {tab === 'crew' && <CrewPanel rescue={rescue} />}
    </section>
  )
}
