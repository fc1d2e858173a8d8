import type { RescueCase } from '@lifeline/contracts'
import { useState } from 'react'
import { dictionary, lookUp } from '../../dictionary/dictionary.ts'
import { clockText } from '../../frame/time-text.ts'
import { ToggleTiles } from '../../frame/toggle-tiles.tsx'
import { useLanguage } from '../../language.tsx'
import type { FormProps } from './action-form.tsx'
import { FormFrame } from './form-frame.tsx'

const { callWords, ruleWords } = dictionary

/** Makes a case of its own of some of the alarms that came together here. */
export function SplitForm({ rescue, busy, onSubmit, onCancel }: FormProps<'split'>) {
  const { say } = useLanguage()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const options = rescue.incidentIds.map((id) => {
    const { rule, at } = firstWord(rescue, id)
    const name = rule === undefined ? say(callWords.ownPart) : say(lookUp(ruleWords, rule))
    return { value: id, label: at === undefined ? name : `${name} ${clockText(at)}` }
  })
  return (
    <FormFrame
      action="split"
      complete={chosen.size > 0}
      busy={busy}
      onSubmit={() => onSubmit({ incidentIds: [...chosen] })}
      onCancel={onCancel}
    >
      <ToggleTiles
        label={say(callWords.splitOff)}
        options={options}
        chosen={chosen}
        onChange={setChosen}
        testId="field-split"
      />
    </FormFrame>
  )
}

/** What the timeline first says of an incident. */
function firstWord({ timeline }: RescueCase, incidentId: string) {
  const entry = timeline.find(({ details }) => details.incidentId === incidentId)
  const rule = entry?.details.rule
  return { at: entry?.at, rule: typeof rule === 'string' ? rule : undefined }
}
