import { Button } from 'antd'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { useNow } from '../live/desk-context.tsx'
import { durationText } from '../queue/countdown.ts'
import { useAlarm } from './alarm-context.tsx'

export function MuteButton() {
  const { mutedUntil, toggleMute } = useAlarm()
  const { say } = useLanguage()
  // Only to be drawn anew every second; a mute is counted by the browser's clock.
  useNow()
  const { frameWords } = dictionary
  return (
    <Button
      size="small"
      danger={mutedUntil !== undefined}
      aria-pressed={mutedUntil !== undefined}
      onClick={toggleMute}
      data-testid="mute"
    >
      {mutedUntil === undefined
        ? say(frameWords.mute)
        : say(frameWords.muted, { time: durationText(mutedUntil - Date.now()) })}
    </Button>
  )
}
