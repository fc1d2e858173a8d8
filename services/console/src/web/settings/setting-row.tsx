import type { RuleName } from '@lifeline/contracts'
import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { numberTyped } from './edits.ts'
import type { RuleSetting } from './rule-catalogue.ts'

const { deviceWords, markWords, settingSourceWords, settingUnitWords, settingWords, sourceWords, unitWords } =
  dictionary
const words = { ...unitWords, ...settingUnitWords }
const sources = { ...sourceWords, ...settingSourceWords }

/** One setting: what it is, what it rests on, and its value to change. */
export function SettingRow(props: {
  readonly rule: RuleName
  readonly setting: RuleSetting
  readonly inForce: number
  readonly typed: string | undefined
  readonly mayEdit: boolean
  readonly onType: (text: string) => void
}) {
  const { rule, setting, inForce, typed, mayEdit, onType } = props
  const { say } = useLanguage()
  const { name, unit, only, range, source, confidence } = setting
  const value = typed === undefined ? inForce : numberTyped(typed)
  const wrong = value === undefined || value < range[0] || value > range[1]
  const bounds = `${range[0]} – ${range[1]}`
  return (
    <tr className={inForce === setting.default ? '' : 'table-changed'} data-setting={name}>
      <td>{say(lookUp(settingWords, name))}</td>
      <td className="number">
        {mayEdit ? (
          <input
            className="setting-input"
            aria-label={`${rule} ${name}`}
            aria-invalid={wrong}
            title={bounds}
            inputMode="decimal"
            value={typed ?? String(inForce)}
            onChange={({ target }) => onType(target.value)}
            data-testid={`setting-${rule}-${name}`}
          />
        ) : (
          <b>{inForce}</b>
        )}{' '}
        {say(lookUp(words, unit))}
      </td>
      <td className="number">{setting.default}</td>
      <td className="table-faint">
        {say(lookUp(sources, source))}
        {only !== undefined && (
          <b className="notice"> · {say(only === 'lower' ? deviceWords.onlyLower : deviceWords.onlyHigher)}</b>
        )}
      </td>
      <td className={`mark-of-${confidence === 'V2' ? 'standard' : 'practice'}`}>
        {say(lookUp(markWords, confidence))}
      </td>
    </tr>
  )
}
