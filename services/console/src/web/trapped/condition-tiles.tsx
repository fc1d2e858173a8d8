import type { Condition } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { ToggleTiles } from '../frame/toggle-tiles.tsx'
import { useLanguage } from '../language.tsx'
import { conditions } from './conditions.ts'

const { callWords, conditionWords } = dictionary
export type Afflictions = ReadonlySet<keyof Condition>

export const conditionOf = (chosen: Afflictions): Condition => ({
  injured: chosen.has('injured'),
  heat: chosen.has('heat'),
  medical: chosen.has('medical'),
})

/** What makes it worse for whoever is shut in. */
export function ConditionTiles(props: {
  readonly chosen: Afflictions
  readonly onChange: (chosen: Afflictions) => void
  readonly testId: string
}) {
  const { say } = useLanguage()
  const options = conditions.map((value) => ({ value, label: say(conditionWords[value]) }))
  return <ToggleTiles label={say(callWords.condition)} options={options} {...props} />
}
