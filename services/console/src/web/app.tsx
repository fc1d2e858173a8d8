import type { SessionUser } from '@lifeline/contracts'
import { ConfigProvider } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { AlarmProvider } from './alarm/alarm-context.tsx'
import { ApiClient } from './api/api-client.ts'
import { DeskPage } from './desk-page.tsx'
import { DeskProvider } from './live/desk-context.tsx'
import { ServerClock } from './live/server-clock.ts'
import { storedUser, storeUser } from './session.ts'
import { SignInPage } from './sign-in-page.tsx'
import { deskTheme } from './theme.ts'

/** Where the browser comes back to from the identity provider. */
const signedInMark = '?signed-in'

/** The sign-in, or the desk of whoever is signed in. */
export function App({ nonce }: { readonly nonce: string }) {
  const [user, setUser] = useState(storedUser)
  const [expired, setExpired] = useState(false)
  useEffect(() => {
    storeUser(user)
  }, [user])
  const clock = useMemo(() => new ServerClock(), [])
  const api = useMemo(
    () =>
      new ApiClient(clock, () => {
        setUser(undefined)
        setExpired(true)
      }),
    [clock],
  )
  useEffect(() => {
    if (location.search !== signedInMark) return
    history.replaceState(null, '', location.pathname)
    api.session().then(
      ({ user: signedIn }) => {
        setUser(signedIn)
        setExpired(false)
      },
      // The sign-in page is there then.
      () => setUser(undefined),
    )
  }, [api])
  const signIn = (signedIn: SessionUser): void => {
    setUser(signedIn)
    setExpired(false)
  }
  const signOut = (): void => {
    setUser(undefined)
    setExpired(false)
  }
  return (
    <ConfigProvider csp={{ nonce }} theme={deskTheme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {user === undefined ? (
        <SignInPage api={api} expired={expired} onSignedIn={signIn} />
      ) : (
        <DeskProvider api={api} clock={clock}>
          <AlarmProvider user={user}>
            <DeskPage user={user} onSignedOut={signOut} />
          </AlarmProvider>
        </DeskProvider>
      )}
    </ConfigProvider>
  )
}
