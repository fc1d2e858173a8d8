import type { Role } from '@lifeline/contracts'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import type { Page } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import { NewUserForm } from './new-user-form.tsx'

interface User {
  readonly name: string
  readonly role: Role
  readonly unitId?: string
  readonly disabled: boolean
}
/** Told once, by whoever made it. */
export interface NewPassword {
  readonly name: string
  readonly password: string
}
const { administrationWords, roleWords } = dictionary

/** Who may sign in. Whoever is disabled or given a new password is signed out everywhere at once. */
export function UsersTab({ self }: { readonly self: string }) {
  const { api } = useDesk()
  const { units } = useDeskView()
  const { say } = useLanguage()
  const [fresh, setFresh] = useState<NewPassword>()
  const { busy, error, run } = useAction()
  const users = useAnswer(useCallback(() => api.ask<Page<User>>('GET', '/users'), [api]))
  const pathOf = (name: string): string => `/users/${encodeURIComponent(name)}`
  const change = ({ name, ...user }: User, disabled: boolean): void =>
    void run(async () => {
      await api.ask('PUT', pathOf(name), { ...user, disabled })
      users.again()
    })
  const reset = (name: string): void =>
    void run(async () => setFresh(await api.ask<NewPassword>('POST', `${pathOf(name)}/password`)))
  return (
    <section className="panel">
      <NewUserForm
        onEntered={(password) => {
          setFresh(password)
          users.again()
        }}
      />
      {fresh !== undefined && (
        <p className="notice" data-testid="new-password">
          {say(administrationWords.passwordOnce, { name: fresh.name })} <b className="code">{fresh.password}</b>
        </p>
      )}
      <ProblemNote error={error ?? users.error} />
      <table className="table">
        <tbody>
          {users.answer?.items.map((user) => (
            <tr key={user.name} data-testid="user" data-user={user.name} data-disabled={user.disabled}>
              <td>
                <b>{user.name}</b>
              </td>
              <td>{say(roleWords[user.role])}</td>
              <td>{units.get(user.unitId ?? '')?.name ?? user.unitId ?? ''}</td>
              <td>{user.disabled && <b className="alert-text">{say(administrationWords.disabled)}</b>}</td>
              <td className="number">
                <Button size="small" disabled={busy} onClick={() => reset(user.name)}>
                  {say(administrationWords.reset)}
                </Button>{' '}
                <Button
                  size="small"
                  danger={!user.disabled}
                  disabled={busy || user.name === self}
                  onClick={() => change(user, !user.disabled)}
                  data-testid={`toggle-${user.name}`}
                >
                  {say(user.disabled ? administrationWords.enable : administrationWords.disable)}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
