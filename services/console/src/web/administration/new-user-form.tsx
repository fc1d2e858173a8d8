import type { Role } from '@lifeline/contracts'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { Field } from '../frame/field.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import type { NewPassword } from './users-tab.tsx'

const { administrationWords, formWords, roleWords } = dictionary
const unitKindOf: Partial<Record<Role, string>> = { maintenance: 'maintenance', rescuer: 'station' }

/** Enters a user; the password is made by the server. */
export function NewUserForm({ onEntered }: { readonly onEntered: (password: NewPassword) => void }) {
  const { api } = useDesk()
  const { units } = useDeskView()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('dispatcher')
  const [unitId, setUnitId] = useState('')
  const needed = unitKindOf[role]
  const complete = name.trim() !== '' && (needed === undefined || unitId !== '')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!complete) return
    void run(async () => {
      const body = { name: name.trim(), role, ...(needed === undefined ? {} : { unitId }) }
      onEntered(await api.ask<NewPassword>('POST', '/users', body))
      setName('')
    })
  }
  return (
    <form className="line-form" onSubmit={submit}>
      <Field label={say(administrationWords.name)}>
        {(id) => (
          <Input
            id={id}
            maxLength={64}
            value={name}
            onChange={({ target }) => setName(target.value)}
            data-testid="user-name"
          />
        )}
      </Field>
      <Field label={say(administrationWords.role)}>
        {(id) => (
          <select id={id} value={role} onChange={({ target }) => setRole(target.value as Role)} data-testid="user-role">
            {Object.entries(roleWords).map(([value, words]) => (
              <option key={value} value={value}>
                {say(words)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {needed !== undefined && (
        <Field label={say(administrationWords.unit)}>
          {(id) => (
            <select id={id} value={unitId} onChange={({ target }) => setUnitId(target.value)} data-testid="user-unit">
              <option value="">{say(formWords.choose)}</option>
              {[...units.values()]
                .filter(({ kind }) => kind === needed)
                .map((unit) => (
                  <option key={unit.id} value={unit.id}>
                    {unit.name}
                  </option>
                ))}
            </select>
          )}
        </Field>
      )}
      <Button type="primary" htmlType="submit" loading={busy} disabled={!complete} data-testid="user-add">
        {say(administrationWords.addUser)}
      </Button>
      <ProblemNote error={error} />
    </form>
  )
}
