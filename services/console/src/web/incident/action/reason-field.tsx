import { Button, Input } from 'antd'
import { dictionary } from '../../dictionary/dictionary.ts'
import { useLanguage } from '../../language.tsx'

/** Why: at one press, or in one's own words. */
export function ReasonField(props: {
  readonly action: keyof typeof dictionary.quickReasons
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { action, value, onChange } = props
  const { say } = useLanguage()
  return (
    <div className="field">
      <label htmlFor={`reason-${action}`}>{say(dictionary.formWords.reason)}</label>
      <div className="quick">
        {dictionary.quickReasons[action].map((reason) => (
          <Button key={reason.en} size="small" onClick={() => onChange(say(reason))}>
            {say(reason)}
          </Button>
        ))}
      </div>
      <Input
        id={`reason-${action}`}
        autoFocus
        maxLength={2000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        data-testid="field-reason"
      />
    </div>
  )
}
