import { dictionary, lookUp } from '../dictionary/dictionary.ts'
import { whenText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import type { Command } from './command-api.ts'

const { commandNameWords, commandStateWords } = dictionary

/** Commands with what has become of each. */
export function CommandList({ commands }: { readonly commands: readonly Command[] }) {
  const { say } = useLanguage()
  const now = useNow()
  return (
    <ul className="commands" data-testid="commands">
      {commands.map(({ id, name, args, by, state, sentAt, reason }) => (
        <li key={id} className={`command command-${state}`} data-state={state} data-command-id={id}>
          <b>{say(commandStateWords[state])}</b>
          <span>
            {say(lookUp(commandNameWords, name))}
            {typeof args.text === 'string' && ` “${args.text}”`}
            {reason !== undefined && ` · ${reason}`}
          </span>
          <span className="entry-by">
            {whenText(sentAt, now)} {by}
          </span>
        </li>
      ))}
    </ul>
  )
}
