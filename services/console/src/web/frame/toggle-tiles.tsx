/** Several of a few, each large enough to hit; by Tab and space as well. */
export function ToggleTiles<T extends string>(props: {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly chosen: ReadonlySet<T>
  readonly onChange: (chosen: ReadonlySet<T>) => void
  readonly testId: string
}) {
  const { label, options, chosen, onChange, testId } = props
  const toggle = (value: T): void => {
    const next = new Set(chosen)
    if (!next.delete(value)) next.add(value)
    onChange(next)
  }
  return (
    <fieldset className="tiles tiles-alert" data-testid={testId}>
      <legend>{label}</legend>
      {options.map(({ value, label: name }) => (
        <label key={value} className="tile">
          <input
            type="checkbox"
            checked={chosen.has(value)}
            onChange={() => toggle(value)}
            data-testid={`${testId}-${value}`}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}
