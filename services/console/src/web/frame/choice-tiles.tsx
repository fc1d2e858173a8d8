import { useId } from 'react'

/** One of a few, each large enough to hit; by arrow keys as well. */
export function ChoiceTiles<T extends string | number>(props: {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  readonly testId: string
}) {
  const { label, options, value, onChange, testId } = props
  const name = useId()
  return (
    <fieldset className="tiles" data-testid={testId}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="tile">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            data-testid={`${testId}-${option.value}`}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
