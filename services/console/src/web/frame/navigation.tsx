import type { Role } from '@lifeline/contracts'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { mayOpen } from '../page-access.ts'
import { go, pathOf, type Route } from '../route.ts'
import { AppLink } from './app-link.tsx'
import { useKeys } from './use-keys.ts'

const { pageWords } = dictionary
const entries = [
  { page: 'queue', key: 'Q' },
  { page: 'map', key: 'M' },
  { page: 'devices', key: 'D' },
  { page: 'roster', key: 'R' },
  { page: 'statistics', key: 'S' },
  { page: 'administration', key: 'A' },
  { page: 'wall', key: 'W' },
] as const

/** What a page is found under. */
const homeOf = (page: Route['page']): Route['page'] =>
  page === 'incident' ? 'queue' : page === 'device' ? 'devices' : page

/** The pages of this role, each at one key. */
export function Navigation({ role, route }: { readonly role: Role; readonly route: Route }) {
  const { say } = useLanguage()
  const offered = entries.filter(({ page }) => mayOpen(role, page))
  useKeys(Object.fromEntries(offered.map(({ page, key }) => [key.toLowerCase(), () => go(pathOf(page))])))
  return (
    <nav className="navigation" data-testid="navigation">
      {offered.map(({ page, key }) => (
        <AppLink
          key={page}
          href={pathOf(page)}
          aria-current={homeOf(route.page) === page ? 'page' : undefined}
          data-testid={`go-${page}`}
        >
          <span>{say(pageWords[page])}</span>
          <kbd>{key}</kbd>
        </AppLink>
      ))}
    </nav>
  )
}
