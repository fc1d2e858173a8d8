import type { SessionUser } from '@lifeline/contracts'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import type { ApiClient } from './api/api-client.ts'
import { ApiError } from './api/api-error.ts'
import { dictionary } from './dictionary/dictionary.ts'
import { Field } from './frame/field.tsx'
import { LanguageSwitch } from './frame/language-switch.tsx'
import { ProblemNote } from './frame/problem-note.tsx'
import { useAction } from './frame/use-action.ts'
import { useLanguage } from './language.tsx'

const { frameWords, signInWords } = dictionary

export function SignInPage(props: {
  readonly api: ApiClient
  /** A session has just ended by itself. */
  readonly expired: boolean
  readonly onSignedIn: (user: SessionUser) => void
}) {
  const { api, expired, onSignedIn } = props
  const { say } = useLanguage()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, run } = useAction()
  const [oidc, setOidc] = useState(false)
  useEffect(() => {
    // Where that cannot be asked there is the form, and it says what is wrong.
    api.signInMethods().then(
      (methods) => setOidc(methods.oidc),
      () => setOidc(false),
    )
  }, [api])
  const refused = error instanceof ApiError && error.status === 401
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void run(async () => onSignedIn((await api.signIn(name.trim(), password)).user))
  }
  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <header>
          <h1>{say(frameWords.product)}</h1>
          <LanguageSwitch />
        </header>
        {expired && error === undefined && <p className="notice">{say(signInWords.expired)}</p>}
        <Field label={say(signInWords.name)}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              autoComplete="username"
              value={name}
              onChange={({ target }) => setName(target.value)}
              data-testid="sign-in-name"
            />
          )}
        </Field>
        <Field label={say(signInWords.password)}>
          {(id) => (
            <Input.Password
              id={id}
              autoComplete="current-password"
              value={password}
              onChange={({ target }) => setPassword(target.value)}
              data-testid="sign-in-password"
            />
          )}
        </Field>
        {refused ? (
          <div className="problem" role="alert" data-testid="problem">
            <strong>{say(signInWords.failed)}</strong>
          </div>
        ) : (
          <ProblemNote error={error} />
        )}
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          loading={busy}
          disabled={name.trim() === '' || password === ''}
          data-testid="sign-in-submit"
        >
          {say(signInWords.submit)}
        </Button>
        {oidc && (
          <Button size="large" block href="/api/v1/session/oidc" data-testid="sign-in-oidc">
            {say(signInWords.oidc)}
          </Button>
        )}
      </form>
    </main>
  )
}
