import type { RescueCase, SessionUser } from '@lifeline/contracts'
import { Button } from 'antd'
import { dictionary } from '../dictionary/dictionary.ts'
import { useKeys } from '../frame/use-keys.ts'
import { useLanguage } from '../language.tsx'
import { isDesk } from '../session.ts'

const { callWords } = dictionary

/** Which dispatcher has the case; at one press one has it oneself. */
export function TakenBy(props: {
  readonly rescue: RescueCase
  readonly user: SessionUser
  readonly busy: boolean
  readonly onTake: () => void
}) {
  const { rescue, user, busy, onTake } = props
  const { say } = useLanguage()
  const { takenBy, state } = rescue
  const mine = takenBy?.name === user.name
  const mayTake = isDesk(user) && !mine && state !== 'closed'
  useKeys({ t: mayTake ? onTake : undefined })
  return (
    <div className={mine ? 'taken taken-mine' : 'taken'} data-testid="taken-by" data-taken-by={takenBy?.name}>
      <span>
        {takenBy !== undefined && `${say(callWords.takenBy)} `}
        <b>
          {takenBy === undefined
            ? say(callWords.nobody)
            : mine
              ? `${takenBy.name} (${say(callWords.me)})`
              : takenBy.name}
        </b>
      </span>
      {mayTake && (
        <Button size="small" disabled={busy} onClick={onTake} data-testid="action-take">
          {say(callWords.take)} <kbd>T</kbd>
        </Button>
      )}
    </div>
  )
}
