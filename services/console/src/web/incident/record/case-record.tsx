import type { RescueCase, SessionUser } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { useLanguage } from '../../language.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { CrewPanel } from './crew-panel.tsx'
import { DeliveryList } from './delivery-list.tsx'
import type { Deliveries } from './use-deliveries.ts'

const { crewWords, incidentWords, noticeWords } = dictionary
const tabs = ['timeline', 'notices', 'crew'] as const

/** What happened, who was told of it and how that went, and what the crew sent. */
export function CaseRecord(props: {
  readonly rescue: RescueCase
  readonly user: SessionUser
  readonly deliveries: Deliveries
}) {
  const { rescue, user, deliveries } = props
  const { say } = useLanguage()
  const [tab, setTab] = useState<(typeof tabs)[number]>('timeline')
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
      </header>
      {tab === 'timeline' && <CaseTimeline timeline={rescue.timeline} />}
      {tab === 'notices' && <DeliveryList deliveries={deliveries} rescue={rescue} user={user} />}
      {tab === 'crew' && <CrewPanel rescue={rescue} />}
    </section>
  )
}
