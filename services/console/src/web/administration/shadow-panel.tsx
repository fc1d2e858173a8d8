import type { Kind, RuleSettings } from '@lifeline/contracts'
import { Button } from 'antd'
import { useCallback } from 'react'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAction } from '../frame/use-action.ts'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { readCatalogue, readSettings } from '../settings/rule-catalogue.ts'
import { shadowFindings } from './shadow-findings.ts'

const refreshMs = 15_000
const { administrationWords, ruleWords, settingUnitWords, settingWords, unitWords } = dictionary
const unitNames = { ...unitWords, ...settingUnitWords }

/** The trial of one kind of machine: what is tried, what it has found so far, and its end. */
export function ShadowPanel(props: {
  readonly kind: Kind
  readonly candidate: RuleSettings
  readonly mayEdit: boolean
  readonly onEnd: () => Promise<unknown>
}) {
  const { kind, candidate, mayEdit, onEnd } = props
  const { api } = useDesk()
  const { say } = useLanguage()
  const { busy, error, run } = useAction()
  const inForce = useAnswer(useCallback(() => readSettings(api, { kind }), [api, kind]))
  const catalogue = useAnswer(useCallback(() => readCatalogue(api), [api]))
  const findings = useAnswer(
    useCallback(async () => shadowFindings(await api.metrics(), kind), [api, kind]),
    refreshMs,
  )
  const unitOf = (rule: string, name: string): string =>
    catalogue.answer?.find((one) => one.rule === rule)?.settings.find((one) => one.name === name)?.unit ?? ''
  const tried = Object.entries(candidate).flatMap(([rule, settings]) =>
    Object.entries(settings).map(([name, value]) => ({ rule, name, value })),
  )
  return (
    <section className="panel" data-testid="shadow" data-tried={tried.length}>
      <h2>{say(administrationWords.shadow)}</h2>
      <ProblemNote error={error ?? inForce.error ?? catalogue.error ?? findings.error} />
      {tried.length === 0 && <p className="table-faint">{say(administrationWords.noShadow)}</p>}
      {tried.map(({ rule, name, value }) => (
        <p key={`${rule} ${name}`}>
          {say(lookUp(ruleWords, rule))} · {say(lookUp(settingWords, name))}: {inForce.answer?.[rule]?.[name]} →{' '}
          <b>{value}</b> {say(lookUp(unitNames, unitOf(rule, name)))}
        </p>
      ))}
      {findings.answer !== undefined && findings.answer.length > 0 && (
        <>
          <table className="table">
            <thead>
              <tr>
                <th>{say(administrationWords.seenRule)}</th>
                <th className="number">{say(administrationWords.seenBoth)}</th>
                <th className="number">{say(administrationWords.seenLive)}</th>
                <th className="number">{say(administrationWords.seenCandidate)}</th>
              </tr>
            </thead>
            <tbody>
              {findings.answer.map(({ rule, both, live, candidate: onlyTried }) => (
                <tr key={rule} data-testid="finding">
                  <td>{say(lookUp(ruleWords, rule))}</td>
                  <td className="number">{both}</td>
                  <td className={live > 0 ? 'number notice' : 'number'}>{live}</td>
                  <td className={onlyTried > 0 ? 'number notice' : 'number'}>{onlyTried}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="table-faint">{say(administrationWords.seenHint)}</p>
        </>
      )}
      {tried.length > 0 && (
        <div className="settings-bar">
          {findings.answer?.length === 0 && <span className="table-faint">{say(administrationWords.seenNone)}</span>}
          {mayEdit && (
            <Button loading={busy} onClick={() => void run(onEnd)} data-testid="shadow-end">
              {say(administrationWords.endShadow)}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
