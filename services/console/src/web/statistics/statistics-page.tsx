import type { RescueCase } from '@lifeline/contracts'
import { Segmented } from 'antd'
import { useCallback, useState } from 'react'
import type { Page } from '../api/api-client.ts'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { CaseLine } from '../frame/case-line.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { type Figure, figureText } from './figure-text.ts'

interface Report {
  readonly rows: readonly { readonly group: string; readonly figures: readonly Figure[] }[]
  readonly open?: readonly RescueCase[]
}
const { causeWords, figureUnitWords, figureWords, groupingWords, reportWords } = dictionary
const reports = ['handover', 'day', 'month'] as const
const groupings = ['none', 'district', 'unit', 'age', 'cause'] as const
const files = ['csv', 'xlsx', 'pdf'] as const

/** Shift, day and month in figures; each leads to the cases that it was made of. */
export function StatisticsPage() {
  const { api } = useDesk()
  const { say } = useLanguage()
  const [report, setReport] = useState<(typeof reports)[number]>('handover')
  const [by, setBy] = useState<(typeof groupings)[number]>('none')
  const [behind, setBehind] = useState<string>()
  const query = by === 'none' ? '' : `by=${by}`
  const { answer, error } = useAnswer(
    useCallback(() => api.ask<Report>('GET', `/reports/${report}?${query}`), [api, report, query]),
  )
  const columns = answer?.rows[0]?.figures ?? []
  return (
    <main className="page" data-testid="statistics">
      <div className="page-bar">
        <Segmented
          value={report}
          onChange={setReport}
          options={reports.map((value) => ({ value, label: say(reportWords[value]) }))}
          data-testid="report"
        />
        <Segmented
          value={by}
          onChange={setBy}
          options={groupings.map((value) => ({ value, label: say(groupingWords[value]) }))}
        />
        {files.map((format) => (
          <a
            key={format}
            className="case-link"
            href={`/api/v1/reports/${report}?${query}&format=${format}`}
            download
            data-testid={`report-${format}`}
          >
            {format.toUpperCase()}
          </a>
        ))}
      </div>
      <ProblemNote error={error} />
      <section className="panel report">
        <table className="table">
          <thead>
            <tr>
              <th>{say(groupingWords[by])}</th>
              {columns.map(({ name, unit }) => (
                <th key={name} className="number">
                  {say(lookUp(figureWords, name))}
                  <small>{say(figureUnitWords[unit])}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer?.rows.map(({ group, figures }) => (
              <tr key={group}>
                <th>{group === '' ? say(reportWords.total) : say(lookUp(causeWords, group))}</th>
                {figures.map((figure) => (
                  <td key={figure.name} className="number">
                    <button
                      type="button"
                      className="figure"
                      aria-pressed={behind === figure.cases}
                      onClick={() => setBehind(figure.cases)}
                      data-testid={`figure-${figure.name}`}
                    >
                      {figureText(figure)}
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {behind !== undefined && <CasesBehind key={behind} address={behind} />}
      {answer?.open !== undefined && answer.open.length > 0 && (
        <section className="panel">
          <h2>{say(reportWords.open)}</h2>
          {answer.open.map((rescue) => (
            <CaseLine key={rescue.id} rescue={rescue} withAddress />
          ))}
        </section>
      )}
    </main>
  )
}

function CasesBehind({ address }: { readonly address: string }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const ask = useCallback(
    () => api.ask<Page<RescueCase>>('GET', `${address.replace('/api/v1', '')}&limit=200`),
    [api, address],
  )
  const { answer, error } = useAnswer(ask)
  return (
    <section className="panel" data-testid="cases-behind">
      <h2>{say(reportWords.cases)}</h2>
      <ProblemNote error={error} />
      {answer?.items.length === 0 && <p className="table-faint">{say(reportWords.noneListed)}</p>}
      {answer?.items.map((rescue) => (
        <CaseLine key={rescue.id} rescue={rescue} withAddress />
      ))}
    </section>
  )
}
