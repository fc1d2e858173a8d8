import type { RescueCase } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { clockText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { progressOf } from './progress.ts'

/** How far a rescue is, step by step, with the time of each. */
export function ProgressSteps({ rescue }: { readonly rescue: RescueCase }) {
  const { say } = useLanguage()
  return (
    <ol className="steps" data-testid="steps">
      {progressOf(rescue).map(({ state, at, standing }) => (
        <li key={state} className={`step step-${standing}`} aria-current={standing === 'current' ? 'step' : undefined}>
          <b>{say(dictionary.stepWords[state])}</b>
          <time>{at === undefined ? '' : clockText(at)}</time>
        </li>
      ))}
    </ol>
  )
}
