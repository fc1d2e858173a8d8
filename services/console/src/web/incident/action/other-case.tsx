import type { RescueCase } from '@lifeline/contracts'
import { dictionary } from '../../dictionary/dictionary.ts'
import { Field } from '../../frame/field.tsx'
import { clockText } from '../../frame/time-text.ts'
import { useLanguage } from '../../language.tsx'
import { openCases } from '../../live/case-book.ts'
import { useDeskView } from '../../live/desk-context.tsx'

const { formWords, ruleWords } = dictionary

/** One of the other open cases: those of the same machine first, then of the same site. Drills only among drills. */
export function OtherCase(props: {
  readonly label: string
  readonly besides: RescueCase
  readonly value: string
  readonly onChange: (id: string) => void
  readonly testId: string
}) {
  const { label, besides, value, onChange, testId } = props
  const { say } = useLanguage()
  const { cases } = useDeskView()
  const near = ({ siteId, deviceId }: RescueCase): number =>
    Number(siteId === besides.siteId) + Number(deviceId === besides.deviceId)
  const candidates = openCases(cases)
    .filter(({ id, drill }) => id !== besides.id && drill === besides.drill)
    .toSorted((a, b) => near(b) - near(a) || b.openedAt - a.openedAt)
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} value={value} onChange={({ target }) => onChange(target.value)} data-testid={testId}>
          <option value="">{say(candidates.length === 0 ? formWords.noParent : formWords.choose)}</option>
          {candidates.map((rescue) => (
            <option key={rescue.id} value={rescue.id}>
              {say(ruleWords[rescue.rule])} {rescue.address} {clockText(rescue.openedAt)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
