import type { DispatchSettings } from '@lifeline/contracts'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { durationText } from '../queue/countdown.ts'
import { numberTyped } from '../settings/edits.ts'

const { administrationWords, deskSettingNames, deskSettingSources, deskSettingUnits, deviceWords } = dictionary
type Name = keyof DispatchSettings
const names = Object.keys(deskSettingNames) as Name[]
const path = '/dispatch/settings'

/** The desk's clocks and what it reckons by. A change holds for the clocks that start after it. */
export function DeskSettingsTab({ mayEdit }: { readonly mayEdit: boolean }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({})
  const [saved, setSaved] = useState(false)
  const settings = useAnswer(useCallback(() => api.ask<DispatchSettings>('GET', path), [api]))
  const inForce = settings.answer
  const changes = Object.entries(typed)
    .map(([name, text]) => ({ name: name as Name, value: numberTyped(text) }))
    .filter(({ name, value }) => value !== inForce?.[name])
  const isWrong = (value: number | undefined): boolean => value === undefined || value <= 0
  const save = (): void =>
    void run(async () => {
      const body = Object.fromEntries(changes.map(({ name, value }) => [name, value]))
      settings.setAnswer(await api.ask<DispatchSettings>('PUT', path, body))
      setTyped({})
      setSaved(true)
    })
  const type = (name: Name, text: string): void => {
    setSaved(false)
    setTyped((before) => ({ ...before, [name]: text }))
  }
  return (
    <section className="panel settings" data-testid="desk-settings">
      <header className="settings-bar">
        <span className="table-faint">{say(administrationWords.clocksHint)}</span>
        {saved && <span className="good-text">{say(administrationWords.clocksSaved)}</span>}
        {mayEdit && changes.length > 0 && (
          <>
            <Button onClick={() => setTyped({})}>{say(deviceWords.discard)}</Button>
            <Button
              type="primary"
              loading={busy}
              disabled={changes.some(({ value }) => isWrong(value))}
              onClick={save}
              data-testid="desk-settings-save"
            >
              {say(deviceWords.save, { n: changes.length })}
            </Button>
          </>
        )}
      </header>
      <ProblemNote error={error ?? settings.error} />
      {inForce !== undefined && (
        <table className="table">
          <thead>
            <tr>
              <th>{say(deviceWords.setting)}</th>
              <th className="number">{say(deviceWords.inForce)}</th>
              <th>{say(deviceWords.source)}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <td>{say(deskSettingNames[name])}</td>
                <td className="number">
                  {mayEdit ? (
                    <input
                      className="setting-input"
                      aria-label={say(deskSettingNames[name])}
                      aria-invalid={typed[name] !== undefined && isWrong(numberTyped(typed[name]))}
                      inputMode="decimal"
                      value={typed[name] ?? String(inForce[name])}
                      onChange={({ target }) => type(name, target.value)}
                      data-testid={`desk-${name}`}
                    />
                  ) : (
                    <b>{inForce[name]}</b>
                  )}{' '}
                  {say(deskSettingUnits[name])}
                  {name.includes('Seconds') && (
                    <span className="table-faint">
                      {' '}
                      = {durationText((numberTyped(typed[name] ?? '') ?? inForce[name]) * 1000)}
                    </span>
                  )}
                </td>
                <td className="table-faint">{say(deskSettingSources[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
