import type { RuleName } from '@lifeline/contracts'
import { Button, Input } from 'antd'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { Device } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { CountField } from '../frame/count-field.tsx'
import { Field } from '../frame/field.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { openCases } from '../live/case-book.ts'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import { go, pathOfIncident } from '../route.ts'
import { DeviceSearch } from './device-search.tsx'

/** What callers report; the first is what almost all of them do. */
const reportable = [
  'entrapment',
  'alarm_button',
  'unintended_movement',
  'moving_with_door_open',
  'overtravel_top',
  'overtravel_bottom',
  'door_fault',
  'power_loss',
  'safety_device_tripped',
  'collision',
  'tilt',
  'wind',
] as const satisfies readonly RuleName[]
const { newCaseWords, ruleWords } = dictionary

/** Takes a call: beside the queue, which goes on. */
export function NewCasePanel({ onClose }: { readonly onClose: () => void }) {
  const { api, live } = useDesk()
  const { cases } = useDeskView()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [device, setDevice] = useState<Device>()
  const [callerPhone, setCallerPhone] = useState('')
  const [trapped, setTrapped] = useState<number>()
  const [rule, setRule] = useState<RuleName>('entrapment')
  const [text, setText] = useState('')
  const known = openCases(cases).some(({ deviceId, lifeSafety }) => lifeSafety && deviceId === device?.deviceId)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (device === undefined) return
    const told = { callerPhone: callerPhone.trim(), text: text.trim() }
    void run(async () => {
      const rescue = await api.report({
        deviceId: device.deviceId,
        rule,
        ...(told.callerPhone === '' ? {} : { callerPhone: told.callerPhone }),
        ...(told.text === '' ? {} : { text: told.text }),
        ...(trapped === undefined ? {} : { trapped }),
      })
      live.take(rescue)
      onClose()
      go(pathOfIncident(rescue.id))
    })
  }
  const leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <aside className="new-case" aria-label={say(newCaseWords.title)}>
      <form onSubmit={submit} onKeyDown={leave} data-testid="new-case-form">
        <header>
          <h2>{say(newCaseWords.title)}</h2>
          <Button size="small" onClick={onClose} data-testid="new-case-close">
            {say(newCaseWords.close)}
          </Button>
        </header>
        <DeviceSearch chosen={device} onChoose={setDevice} />
        {known && <p className="notice">{say(newCaseWords.alreadyOpen)}</p>}
        <div className="field-pair">
          <Field label={say(newCaseWords.callerPhone)}>
            {(id) => (
              <Input
                id={id}
                inputMode="tel"
                maxLength={40}
                value={callerPhone}
                onChange={({ target }) => setCallerPhone(target.value)}
                data-testid="new-case-phone"
              />
            )}
          </Field>
          <CountField
            label={say(newCaseWords.trapped)}
            value={trapped}
            onChange={setTrapped}
            testId="new-case-trapped"
          />
        </div>
        <Field label={say(newCaseWords.rule)}>
          {(id) => (
            <select
              id={id}
              value={rule}
              onChange={({ target }) => setRule(target.value as RuleName)}
              data-testid="new-case-rule"
            >
              {reportable.map((value) => (
                <option key={value} value={value}>
                  {say(ruleWords[value])}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say(newCaseWords.text)}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              maxLength={2000}
              value={text}
              onChange={({ target }) => setText(target.value)}
              data-testid="new-case-text"
            />
          )}
        </Field>
        <ProblemNote error={error} />
        <Button
          type="primary"
          htmlType="submit"
          className="next-button"
          block
          loading={busy}
          disabled={device === undefined}
          data-testid="new-case-submit"
        >
          {say(device === undefined ? newCaseWords.chooseDevice : newCaseWords.submit)}
        </Button>
      </form>
    </aside>
  )
}
