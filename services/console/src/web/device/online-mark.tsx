import type { Device } from '../api/api-client.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { whenText } from '../frame/time-text.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'

const { deviceWords } = dictionary

/** Whether a device is heard, and when it was last. */
export function OnlineMark({ device }: { readonly device: Device }) {
  const { say } = useLanguage()
  const now = useNow()
  const { online = false, lastSeenAt } = device
  return (
    <span className={online ? 'online online-yes' : 'online'} data-testid="online" data-online={online}>
      <b>{say(online ? deviceWords.online : deviceWords.offline)}</b>
      {lastSeenAt === null || lastSeenAt === undefined ? (
        !online && <span>{say(deviceWords.unheard)}</span>
      ) : (
        <time>{whenText(lastSeenAt, now)}</time>
      )}
    </span>
  )
}
