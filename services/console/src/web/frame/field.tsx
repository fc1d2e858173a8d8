import { type ReactNode, useId } from 'react'

/** A control with its name above it; `children` puts the id on the control. */
export function Field(props: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const { label, children } = props
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
