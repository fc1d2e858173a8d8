import type { Unit } from '@lifeline/contracts'
import { useState } from 'react'
import { dictionary } from '../../dictionary/dictionary.ts'
import { ChoiceTiles } from '../../frame/choice-tiles.tsx'
import { Field } from '../../frame/field.tsx'
import { useLanguage } from '../../language.tsx'
import { useDeskView } from '../../live/desk-context.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'

const levels = [1, 2, 3] as const
type Level = (typeof levels)[number]
const unitKinds = { 1: 'maintenance', 2: 'station', 3: 'fire' } as const satisfies Record<Level, Unit['kind']>
const { formWords, levelWords } = dictionary

/** Sends the unit that a level would send, or another one of its kind. */
export function AssignForm({ rescue, busy, onSubmit, onCancel }: FormProps<'assign'>) {
  const { say } = useLanguage()
  const { units } = useDeskView()
  const [level, setLevel] = useState<Level>(rescue.level === 0 ? 1 : rescue.level)
  const [unitId, setUnitId] = useState('')
  const choose = (chosen: Level): void => {
    setLevel(chosen)
    setUnitId('')
  }
  return (
    <FormFrame
      action="assign"
      complete
      busy={busy}
      onSubmit={() => onSubmit({ level, ...(unitId === '' ? {} : { unitId }) })}
      onCancel={onCancel}
    >
      <ChoiceTiles
        label={say(formWords.level)}
        options={levels.map((value) => ({ value, label: say(levelWords[value]) }))}
        value={level}
        onChange={choose}
        testId="field-level"
      />
      <Field label={say(formWords.unit)}>
        {(id) => (
          <select id={id} value={unitId} onChange={({ target }) => setUnitId(target.value)} data-testid="field-unit">
            <option value="">{say(formWords.unitByLevel)}</option>
            {[...units.values()]
              .filter(({ kind }) => kind === unitKinds[level])
              .map(({ id, name, phone }) => (
                <option key={id} value={id}>
                  {name} {phone}
                </option>
              ))}
          </select>
        )}
      </Field>
    </FormFrame>
  )
}
