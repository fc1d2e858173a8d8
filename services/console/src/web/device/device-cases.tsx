import { useCallback } from 'react'
import { dictionary } from '../dictionary/dictionary.ts'
import { CaseLine } from '../frame/case-line.tsx'
import { ProblemNote } from '../frame/problem-note.tsx'
import { useAnswer } from '../frame/use-answer.ts'
import { useLanguage } from '../language.tsx'
import { useDesk } from '../live/desk-context.tsx'
import { casesOf } from './device-api.ts'

const refreshMs = 15_000

/** The newest cases of a machine. */
export function DeviceCases({ deviceId }: { readonly deviceId: string }) {
  const { api } = useDesk()
  const { say } = useLanguage()
  const { deviceWords } = dictionary
  const { answer, error } = useAnswer(
    useCallback(() => casesOf(api, deviceId), [api, deviceId]),
    refreshMs,
  )
  return (
    <section className="panel" data-testid="device-cases">
      <h2>{say(deviceWords.cases)}</h2>
      <ProblemNote error={error} />
      {answer?.length === 0 && <p className="table-faint">{say(deviceWords.noCase)}</p>}
      {answer?.map((rescue) => (
        <CaseLine key={rescue.id} rescue={rescue} withAddress={false} />
      ))}
    </section>
  )
}
