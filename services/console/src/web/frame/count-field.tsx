import { InputNumber } from 'antd'
import { Field } from './field.tsx'

/** How many people: by keyboard, or by its steps. */
export function CountField(props: {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly testId: string
  readonly autoFocus?: boolean
}) {
  const { label, value, onChange, testId, autoFocus = false } = props
  return (
    <Field label={label}>
      {(id) => (
        <InputNumber
          id={id}
          min={0}
          max={100}
          precision={0}
          mode="spinner"
          value={value ?? null}
          onChange={(typed) => onChange(typed ?? undefined)}
          autoFocus={autoFocus}
          data-testid={testId}
        />
      )}
    </Field>
  )
}
