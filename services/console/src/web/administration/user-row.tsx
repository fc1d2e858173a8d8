import { Button } from 'antd'
import { useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import { type Post, postBody, RoleFields } from './role-fields.tsx'
import { type NewPassword, pathOfUser, type User } from './user.ts'

const { administrationWords, formWords, roleWords } = dictionary

/** A user in one line: another role or unit, a new password, disabled or not. Nobody demotes himself. */
export function UserRow(props: {
  readonly user: User
  readonly isSelf: boolean
  readonly onChanged: () => void
  readonly onReset: (password: NewPassword) => void
}) {
  const { user, isSelf, onChanged, onReset } = props
  const { name, role, unitId, disabled } = user
  const { api } = useDesk()
  const { units } = useDeskView()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [edited, setEdited] = useState<Post>()
  const body = edited && postBody(edited)
  const change = (changed: Omit<User, 'name'>): void =>
    void run(async () => {
      await api.ask('PUT', pathOfUser(name), changed)
      setEdited(undefined)
      onChanged()
    })
  const reset = (): void =>
    void run(async () => onReset(await api.ask<NewPassword>('POST', `${pathOfUser(name)}/password`)))
  return (
    <tr data-testid="user" data-user={name} data-disabled={disabled} data-role={role}>
      <td>
        <b>{name}</b>
      </td>
      {edited === undefined ? (
        <>
          <td>{say(roleWords[role])}</td>
          <td>{units.get(unitId ?? '')?.name ?? unitId ?? ''}</td>
          <td>{disabled && <b className="alert-text">{say(administrationWords.disabled)}</b>}</td>
          <td className="number">
            <span className="line-end">
              <Button
                size="small"
                disabled={busy || isSelf}
                onClick={() => setEdited({ role, unitId: unitId ?? '' })}
                data-testid={`edit-${name}`}
              >
                {say(administrationWords.changeRole)}
              </Button>
              <Button size="small" disabled={busy} onClick={reset}>
                {say(administrationWords.reset)}
              </Button>
              <Button
                size="small"
                danger={!disabled}
                disabled={busy || isSelf}
                onClick={() => change({ role, ...(unitId === undefined ? {} : { unitId }), disabled: !disabled })}
                data-testid={`toggle-${name}`}
              >
                {say(disabled ? administrationWords.enable : administrationWords.disable)}
              </Button>
            </span>
            <ProblemNote error={error} />
          </td>
        </>
      ) : (
        <td colSpan={4}>
          <div className="line-form">
            <RoleFields value={edited} onChange={setEdited} testId={`edit-${name}`} />
            <Button
              type="primary"
              loading={busy}
              disabled={body === undefined}
              onClick={() => body && change({ ...body, disabled })}
              data-testid={`save-${name}`}
            >
              {say(formWords.save)}
            </Button>
            <Button onClick={() => setEdited(undefined)}>{say(formWords.cancel)}</Button>
          </div>
          <p className="table-faint">{say(administrationWords.changeRoleHint)}</p>
          <ProblemNote error={error} />
        </td>
      )}
    </tr>
  )
}
