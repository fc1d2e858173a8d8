import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { Field } from '../frame/field.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { type Post, postBody, RoleFields } from './role-fields.tsx'
import type { NewPassword } from './user.ts'

const { administrationWords } = dictionary

/** Enters a user; the password is made by the server. */
export function NewUserForm({ onEntered }: { readonly onEntered: (password: NewPassword) => void }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [name, setName] = useState('')
  const [post, setPost] = useState<Post>({ role: 'dispatcher', unitId: '' })
  const body = name.trim() === '' ? undefined : postBody(post)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (body === undefined) return
    void run(async () => {
      onEntered(await api.ask<NewPassword>('POST', '/users', { name: name.trim(), ...body }))
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
      <RoleFields value={post} onChange={setPost} testId="user" />
      <Button type="primary" htmlType="submit" loading={busy} disabled={body === undefined} data-testid="user-add">
        {say(administrationWords.addUser)}
      </Button>
      <ProblemNote error={error} />
    </form>
  )
}
