import { dictionary } from '../dictionary/dictionary.ts'
import { ChoiceTiles } from '../frame/choice-tiles.tsx'
import { CountField } from '../frame/count-field.tsx'
import { useLanguage } from '../language.tsx'

const likely = [1, 2, 3, 4, 5] as const

/** How many people are shut in: at one press, or as a number. */
export function TrappedTiles(props: {
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly testId: string
}) {
  const { value, onChange, testId } = props
  const { say } = useLanguage()
  const { newCaseWords } = dictionary
  return (
    <div className="trapped-tiles">
      <ChoiceTiles
        label={say(newCaseWords.trapped)}
        options={likely.map((count) => ({ value: count as number, label: String(count) }))}
        value={value}
        onChange={onChange}
        testId={`${testId}-tiles`}
      />
      <CountField label={say(newCaseWords.orCount)} value={value} onChange={onChange} testId={testId} />
    </div>
  )
}
