import type { SessionUser } from '@lifeline/contracts'
import { Button } from 'antd'
import { MuteButton } from '../alarm/mute-button.tsx'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { openCases } from '../live/case-book.ts'
import { useDeskView, useNow } from '../live/desk-context.tsx'
import { isDesk } from '../session.ts'
import { AppLink } from './app-link.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { clockText } from './time-text.ts'

const { frameWords } = dictionary

export function TopBar(props: {
  readonly user: SessionUser
  readonly onNewCase: () => void
  readonly onSignOut: () => void
}) {
  const { user, onNewCase, onSignOut } = props
  const { say } = useLanguage()
  const { cases, link } = useDeskView()
  const now = useNow()
  const open = openCases(cases)
  const lives = open.filter(({ lifeSafety }) => lifeSafety).length
  return (
    <header className="top-bar">
      <AppLink href="/" className="product">
        {say(frameWords.product)}
      </AppLink>
      <span className={lives > 0 ? 'count count-lives' : 'count'} data-testid="count-life-safety">
        {say(frameWords.lifeSafety)} <b>{lives}</b>
      </span>
      <span className="count" data-testid="count-other">
        {say(frameWords.otherCases)} <b>{open.length - lives}</b>
      </span>
      <span className={`link link-${link}`} role="status" data-testid="link-state" data-link={link}>
        {say(frameWords[link])}
      </span>
      <time className="clock">{clockText(now)}</time>
      {isDesk(user) && (
        <Button type="primary" onClick={onNewCase} data-testid="new-case">
          {say(frameWords.newCase)} <kbd>N</kbd>
        </Button>
      )}
      <MuteButton />
      <LanguageSwitch />
      <Button size="small" onClick={onSignOut} data-testid="sign-out" title={user.name}>
        {say(frameWords.signOut)}
      </Button>
    </header>
  )
}
