import type { SessionUser } from '@lifeline/contracts'
import { lazy, Suspense, useState } from 'react'
import { AdministrationPage } from './administration/administration-page.tsx'
import { DevicePage } from './device/device-page.tsx'
import { DevicesPage } from './device/devices-page.tsx'
import { dictionary } from './dictionary/dictionary.ts'
import { Navigation } from './frame/navigation.tsx'
import { ProblemNote } from './frame/problem-note.tsx'
import { TopBar } from './frame/top-bar.tsx'
import { useAction } from './frame/use-action.ts'
import { useKeys } from './frame/use-keys.ts'
import { Warnings } from './frame/warnings.tsx'
import { IncidentPage } from './incident/incident-page.tsx'
import { useLanguage } from './language.tsx'
import { useDesk } from './live/desk-context.tsx'
import { NewCasePanel } from './new-case/new-case-panel.tsx'
import { mayOpen } from './page-access.ts'
import { QueuePage } from './queue/queue-page.tsx'
import { RosterPage } from './roster/roster-page.tsx'
import { type Route, useRoute } from './route.ts'
import { isDesk } from './session.ts'
import { StatisticsPage } from './statistics/statistics-page.tsx'
import { WallPage } from './wall/wall-page.tsx'

// Drawing maps is a library of its own that nobody needs to take a call.
const MapPage = lazy(() => import('./map/map-page.tsx'))

/** Everything but the sign-in. A call can be taken at any time, whatever else is on the screen. */
export function DeskPage({ user, onSignedOut }: { readonly user: SessionUser; readonly onSignedOut: () => void }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const route = useRoute()
  const [takingCall, setTakingCall] = useState(false)
  const { error, run } = useAction()
  const signOut = (): void => {
    void run(async () => {
      await api.signOut()
      onSignedOut()
    })
  }
  const takeCall = isDesk(user) ? () => setTakingCall(true) : undefined
  useKeys({ n: takeCall, f2: takeCall })
  if (route.page === 'wall') return <WallPage withDuty={mayOpen(user.role, 'roster')} />
  return (
    <div className="desk">
      <TopBar user={user} onNewCase={() => setTakingCall(true)} onSignOut={signOut} />
      <Warnings />
      <ProblemNote error={error} />
      <div className="desk-body">
        <Navigation role={user.role} route={route} />
        {mayOpen(user.role, route.page) ? (
          <Page route={route} user={user} />
        ) : (
          <main>
            <p className="queue-none" data-testid="forbidden">
              {say(dictionary.pageWords.forbidden)}
            </p>
          </main>
        )}
        {takingCall && <NewCasePanel onClose={() => setTakingCall(false)} />}
      </div>
    </div>
  )
}

function Page({ route, user }: { readonly route: Route; readonly user: SessionUser }) {
  switch (route.page) {
    case 'incident':
      return <IncidentPage key={route.id} id={route.id} user={user} />
    case 'devices':
      return <DevicesPage />
    case 'device':
      return <DevicePage key={route.id} id={route.id} user={user} />
    case 'map':
      return (
        <Suspense fallback={<main />}>
          <MapPage />
        </Suspense>
      )
    case 'statistics':
      return <StatisticsPage />
    case 'administration':
      return <AdministrationPage tab={route.tab} user={user} />
    case 'roster':
      return <RosterPage user={user} />
    default:
      return <QueuePage />
  }
}
