import type { SessionUser } from '@lifeline/contracts'
import { useState } from 'react'
import { ProblemNote } from './frame/problem-note.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { useAction } from './frame/use-action.ts'
import { Warnings } from './frame/warnings.tsx'
import { IncidentPage } from './incident/incident-page.tsx'
import { useDesk } from './live/desk-context.tsx'
import { NewCasePanel } from './new-case/new-case-panel.tsx'
import { QueuePage } from './queue/queue-page.tsx'
import { useRoute } from './route.ts'

/** Everything but the sign-in. A call can be taken at any time, whatever else is on the screen. */
export function DeskPage({ user, onSignedOut }: { readonly user: SessionUser; readonly onSignedOut: () => void }) {
  const { api } = useDesk()
  const route = useRoute()
  const [takingCall, setTakingCall] = useState(false)
  const { error, run } = useAction()
  const signOut = (): void => {
    void run(async () => {
      await api.signOut()
      onSignedOut()
    })
  }
  return (
    <div className="desk">
      <TopBar user={user} onNewCase={() => setTakingCall(true)} onSignOut={signOut} />
      <Warnings />
      <ProblemNote error={error} />
      <div className="desk-body">
        {route.page === 'queue' ? <QueuePage /> : <IncidentPage key={route.id} id={route.id} user={user} />}
        {takingCall && <NewCasePanel onClose={() => setTakingCall(false)} />}
      </div>
    </div>
  )
}
