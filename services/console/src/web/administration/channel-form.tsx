import type { NoticeChannel } from '@lifeline/contracts'
import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ChoiceTiles } from '../frame/choice-tiles.tsx'
import { Field } from '../frame/field.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { putChannel, removeChannel } from '../roster/roster-api.ts'
import { bodyOf, type ChannelField, channelFields, draftOf, newDraft } from './channel-draft.ts'

const { channelFieldWords, channelKindWords, channelWords, formWords, rosterWords } = dictionary
const kinds = ['webhook', 'mqtt', 'email'] as const satisfies readonly NoticeChannel['kind'][]
const securities = ['starttls', 'tls', 'none'] as const
const secrets: readonly ChannelField[] = ['secret', 'password']

/** Sets up a channel, or changes the one given. */
export function ChannelForm(props: { readonly channel: NoticeChannel | undefined; readonly onDone: () => void }) {
  const { channel, onDone } = props
  const { api } = useDesk()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [id, setId] = useState(channel?.id ?? '')
  const [draft, setDraft] = useState(() => (channel === undefined ? newDraft : draftOf(channel)))
  const body = /^[\w.-]+$/.test(id) ? bodyOf(draft) : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (body !== undefined) void run(() => putChannel(api, id, body).then(onDone))
  }
  const type = (field: ChannelField, text: string): void =>
    setDraft((before) => ({ ...before, texts: { ...before.texts, [field]: text } }))
  const control = (field: ChannelField, inputId: string) => {
    const value = draft.texts[field] ?? ''
    const testId = `channel-${field}`
    if (field === 'security') {
      return (
        <select id={inputId} value={value} onChange={({ target }) => type(field, target.value)} data-testid={testId}>
          {securities.map((one) => (
            <option key={one} value={one}>
              {say(channelWords[one])}
            </option>
          ))}
        </select>
      )
    }
    return (
      <Input
        id={inputId}
        value={value}
        type={secrets.includes(field) ? 'password' : 'text'}
        autoComplete={secrets.includes(field) ? 'new-password' : 'off'}
        onChange={({ target }) => type(field, target.value)}
        data-testid={testId}
      />
    )
  }
  return (
    <form className="panel" onSubmit={submit} data-testid="channel-form">
      <h2>{channel === undefined ? say(channelWords.add) : say(channelWords.change, { name: channel.name })}</h2>
      {channel === undefined && (
        <div className="shift-form">
          <Field label={say(channelWords.id)}>
            {(inputId) => (
              <Input
                id={inputId}
                value={id}
                maxLength={64}
                onChange={({ target }) => setId(target.value)}
                data-testid="channel-id"
              />
            )}
          </Field>
          <ChoiceTiles
            label={say(channelWords.kind)}
            options={kinds.map((value) => ({ value, label: say(channelKindWords[value]) }))}
            value={draft.kind}
            onChange={(kind) => setDraft((before) => ({ ...before, kind }))}
            testId="channel-kind"
          />
        </div>
      )}
      <div className="shift-form">
        {channelFields[draft.kind].map((field) => (
          <Field key={field} label={say(channelFieldWords[field])}>
            {(inputId) => control(field, inputId)}
          </Field>
        ))}
      </div>
      {channel !== undefined && <p className="table-faint">{say(channelWords.keptHint)}</p>}
      <ProblemNote error={error} />
      <div className="settings-bar">
        <Checkbox
          checked={draft.enabled}
          onChange={({ target }) => setDraft((before) => ({ ...before, enabled: target.checked }))}
        >
          {say(channelWords.enabled)}
        </Checkbox>
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={body === undefined}
          data-testid="channel-save"
        >
          {say(formWords.save)}
        </Button>
        <Button onClick={onDone}>{say(formWords.cancel)}</Button>
        {channel !== undefined && (
          <Button
            danger
            disabled={busy}
            title={say(channelWords.removeHint)}
            onClick={() => void run(() => removeChannel(api, channel.id).then(onDone))}
            data-testid="channel-remove"
          >
            {say(rosterWords.remove)}
          </Button>
        )}
      </div>
    </form>
  )
}
