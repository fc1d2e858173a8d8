import type { ReactNode } from 'react'

/** A line of a list of facts. */
export function Fact(props: { readonly name: string; readonly strong?: boolean; readonly children: ReactNode }) {
  const { name, strong = false, children } = props
  return (
    <div className={strong ? 'fact fact-strong' : 'fact'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
