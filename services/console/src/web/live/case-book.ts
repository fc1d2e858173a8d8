import type { RescueCase } from '@lifeline/contracts'

/** The cases known to this screen, by id. */
export type CaseBook = ReadonlyMap<string, RescueCase>

/**
 * The book with what was heard of some cases. A case's timeline only ever grows, so a shorter one is older news, as
 * a slow answer brings it after the event stream has already told more.
 */
export function takeCases(book: CaseBook, heard: readonly RescueCase[]): CaseBook {
  const fresh = heard.filter((rescue) => {
    const known = book.get(rescue.id)
    return known === undefined || rescue.timeline.length >= known.timeline.length
  })
  if (fresh.length === 0) return book
  return new Map([...book, ...fresh.map((rescue) => [rescue.id, rescue] as const)])
}

/**
 * The book with the whole list of open cases as just read. What was open when the reading began, is not in the list
 * and was not heard of since is open no more, and goes; the closed list will show it.
 * @param before the book as it was when the reading began
 */
export function takeOpenList(book: CaseBook, before: CaseBook, open: readonly RescueCase[]): CaseBook {
  const listed = new Set(open.map(({ id }) => id))
  const kept = [...book].filter(
    ([id, rescue]) => rescue.state === 'closed' || listed.has(id) || before.get(id) !== rescue,
  )
  return takeCases(new Map(kept), open)
}

export const openCases = (book: CaseBook): readonly RescueCase[] =>
  [...book.values()].filter(({ state }) => state !== 'closed')
