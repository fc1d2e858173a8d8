import type { Kind, RuleSettings } from '@lifeline/contracts'
import { Button, Checkbox } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { changesOf, countOf, type Edits, editKey } from './edits.ts'
import { changeSettings, readCatalogue, readSettings, type SettingsOwner } from './rule-catalogue.ts'
import { SettingRow } from './setting-row.tsx'

const { deviceWords, ruleWords } = dictionary

/** The settings of the rules of a device or a kind: in force, by default, on what it rests; changed in place. */
export function SettingsTable(props: {
  readonly owner: SettingsOwner
  readonly kind: Kind
  readonly mayEdit: boolean
  /** Tries the changes in shadow instead of putting them in force. */
  readonly onTry?: (changes: RuleSettings) => Promise<unknown>
}) {
  const { owner, kind, mayEdit, onTry } = props
  const { api } = useDesk()
  const { say } = useLanguage()
  const [edits, setEdits] = useState<Edits>(new Map())
  const [changedOnly, setChangedOnly] = useState(false)
  const [saved, setSaved] = useState(false)
  const { busy, error, run } = useAction()
  const catalogue = useAnswer(useCallback(() => readCatalogue(api), [api]))
  const id = 'deviceId' in owner ? owner.deviceId : owner.kind
  const isDevice = 'deviceId' in owner
  const ask = useCallback(
    () => readSettings(api, isDevice ? { deviceId: id } : { kind: id as Kind }),
    [api, isDevice, id],
  )
  const settings = useAnswer(ask)
  const inForce = settings.answer
  const rules = useMemo(() => catalogue.answer?.filter(({ kinds }) => kinds.includes(kind)) ?? [], [catalogue, kind])
  const changes = inForce === undefined ? undefined : changesOf(edits, inForce)
  const count = changes === undefined ? 0 : countOf(changes)
  const save = (): void => {
    if (changes === undefined) return
    void run(async () => {
      settings.setAnswer(await changeSettings(api, owner, changes))
      setEdits(new Map())
      setSaved(true)
    })
  }
  const tryOut = (): void => {
    if (changes !== undefined) void run(async () => onTry?.(changes).then(() => setEdits(new Map())))
  }
  const edit = (key: string, text: string): void => {
    setSaved(false)
    setEdits((before) => new Map([...before, [key, text]]))
  }
  return (
    <section className="panel settings" data-testid="settings">
      <header className="settings-bar">
        <Checkbox checked={changedOnly} onChange={({ target }) => setChangedOnly(target.checked)}>
          {say(deviceWords.changedOnly)}
        </Checkbox>
        {saved && <span className="good-text">{say(deviceWords.saved)}</span>}
        {mayEdit && edits.size > 0 && (
          <>
            <Button onClick={() => setEdits(new Map())}>{say(deviceWords.discard)}</Button>
            {onTry !== undefined && (
              <Button disabled={busy || count === 0} onClick={tryOut} data-testid="settings-try">
                {say(deviceWords.tryOut, { n: count })}
              </Button>
            )}
            <Button type="primary" loading={busy} disabled={count === 0} onClick={save} data-testid="settings-save">
              {say(deviceWords.save, { n: count })}
            </Button>
          </>
        )}
      </header>
      <ProblemNote error={error ?? catalogue.error ?? settings.error} />
      {inForce !== undefined && (
        <table className="table">
          <thead>
            <tr>
              <th>{say(deviceWords.setting)}</th>
              <th className="number">{say(deviceWords.inForce)}</th>
              <th className="number">{say(deviceWords.standard)}</th>
              <th>{say(deviceWords.source)}</th>
              <th>{say(deviceWords.confidence)}</th>
            </tr>
          </thead>
          {rules.map(({ rule, settings: ofRule, predicate }) => {
            const shown = ofRule.filter(
              ({ name, default: standard }) => !changedOnly || inForce[rule]?.[name] !== standard,
            )
            if (shown.length === 0) return null
            return (
              <tbody key={rule} data-rule={rule}>
                <tr>
                  <th colSpan={5} className="table-group">
                    <b>{say(ruleWords[rule])}</b> <span>{say(predicate)}</span>
                  </th>
                </tr>
                {shown.map((setting) => (
                  <SettingRow
                    key={setting.name}
                    rule={rule}
                    setting={setting}
                    inForce={inForce[rule]?.[setting.name] ?? setting.default}
                    typed={edits.get(editKey(rule, setting.name))}
                    mayEdit={mayEdit}
                    onType={(text) => edit(editKey(rule, setting.name), text)}
                  />
                ))}
              </tbody>
            )
          })}
        </table>
      )}
    </section>
  )
}
