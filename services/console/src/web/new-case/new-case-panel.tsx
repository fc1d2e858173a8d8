import type { RuleName } from '@lifeline/contracts'
import { Button, Checkbox, Input, type InputRef } from 'antd'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { Device } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { Field } from '../frame/field.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useLanguage } from '../language.tsx'
import { openCases } from '../live/case-book.ts'
import { useDesk, useDeskView } from '../live/desk-context.tsx'
import { go, pathOfIncident } from '../route.ts'
import { type Afflictions, ConditionTiles, conditionOf } from '../trapped/condition-tiles.tsx'
import { TrappedTiles } from '../trapped/trapped-tiles.tsx'
import { DeviceSearch } from './device-search.tsx'
import { reportable } from './reportable.ts'

const { callWords, comfortScript, newCaseWords, ruleWords } = dictionary

/** Takes a call in two fields, the machine and the caller's number: beside the queue, which goes on. */
export function NewCasePanel({ onClose }: { readonly onClose: () => void }) {
  const { api, live } = useDesk()
  const { cases } = useDeskView()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const queryField = useRef<InputRef>(null)
  const phoneField = useRef<InputRef>(null)
  const [device, setDevice] = useState<Device>()
  const [callerPhone, setCallerPhone] = useState('')
  const [trapped, setTrapped] = useState<number>()
  const [afflictions, setAfflictions] = useState<Afflictions>(new Set())
  const [rule, setRule] = useState<RuleName>('entrapment')
  const [text, setText] = useState('')
  const [drill, setDrill] = useState(false)
  const known = openCases(cases).some(
    (rescue) => rescue.lifeSafety && rescue.deviceId === device?.deviceId && rescue.drill === drill,
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (device === undefined) {
      queryField.current?.focus()
      return
    }
    const told = { callerPhone: callerPhone.trim(), text: text.trim() }
    void run(async () => {
      const rescue = await api.report({
        deviceId: device.deviceId,
        rule,
        ...(told.callerPhone === '' ? {} : { callerPhone: told.callerPhone }),
        ...(told.text === '' ? {} : { text: told.text }),
        ...(trapped === undefined ? {} : { trapped }),
        ...(afflictions.size === 0 ? {} : { condition: conditionOf(afflictions) }),
        ...(drill ? { drill } : {}),
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
    <aside className={drill ? 'new-case drill-edge' : 'new-case'} aria-label={say(newCaseWords.title)}>
      <form onSubmit={submit} onKeyDown={leave} data-testid="new-case-form">
        <header>
          <h2>{say(newCaseWords.title)}</h2>
          <Button size="small" onClick={onClose} data-testid="new-case-close">
            {say(newCaseWords.close)} <kbd>Esc</kbd>
          </Button>
        </header>
        <DeviceSearch
          chosen={device}
          onChoose={setDevice}
          onDone={() => phoneField.current?.focus()}
          inputRef={queryField}
        />
        {known && <p className="notice">{say(newCaseWords.alreadyOpen)}</p>}
        <Field label={say(newCaseWords.callerPhone)}>
          {(id) => (
            <Input
              ref={phoneField}
              id={id}
              className="search"
              inputMode="tel"
              autoComplete="off"
              maxLength={40}
              value={callerPhone}
              onChange={({ target }) => setCallerPhone(target.value)}
              data-testid="new-case-phone"
            />
          )}
        </Field>
        <p className="script-line">{say(comfortScript.lines[3])}</p>
        <TrappedTiles value={trapped} onChange={setTrapped} testId="new-case-trapped" />
        <ConditionTiles chosen={afflictions} onChange={setAfflictions} testId="new-case-condition" />
        <div className="field-pair">
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
              <Input
                id={id}
                maxLength={2000}
                value={text}
                onChange={({ target }) => setText(target.value)}
                data-testid="new-case-text"
              />
            )}
          </Field>
        </div>
        <Checkbox checked={drill} onChange={({ target }) => setDrill(target.checked)} data-testid="new-case-drill">
          {say(callWords.drillToggle)}
        </Checkbox>
        <div className="new-case-end">
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
        </div>
      </form>
    </aside>
  )
}
