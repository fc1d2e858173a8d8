import { useCallback, useState } from 'react'
import type { Page } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { NewUserForm } from './new-user-form.tsx'
import type { NewPassword, User } from './user.ts'
import { UserRow } from './user-row.tsx'

const { administrationWords } = dictionary

/** Who may sign in. Whoever is changed, disabled or given a new password is signed out everywhere at once. */
export function UsersTab({ self }: { readonly self: string }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const [fresh, setFresh] = useState<NewPassword>()
  const users = useAnswer(useCallback(() => api.ask<Page<User>>('GET', '/users'), [api]))
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
      <ProblemNote error={users.error} />
      <table className="table">
        <tbody>
          {users.answer?.items.map((user) => (
            <UserRow
              key={user.name}
              user={user}
              isSelf={user.name === self}
              onChanged={users.again}
              onReset={setFresh}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}
