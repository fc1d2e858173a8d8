/** Moves the focus by `step` rows of the queue, from the top where it is elsewhere; Enter opens the case then. */
export function focusRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.queue .row-rule')]
  const place = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[place === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, place + step))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
