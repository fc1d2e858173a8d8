import { useAlarm } from '../alarm/alarm-context.tsx'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'
import { useDeskView } from '../live/desk-context.tsx'
import { clockText } from './time-text.ts'

const { frameWords } = dictionary

/** What must not be overlooked, wherever in the app one is: a screen that stands still, and a siren that cannot sound. */
export function Warnings() {
  const { link, heardAt } = useDeskView()
  const { unlocked, unlock } = useAlarm()
  const { say } = useLanguage()
  return (
    <>
      {link === 'lost' && (
        <div className="warning warning-lost" role="alert" data-testid="link-lost">
          {say(frameWords.lostSince, { time: clockText(heardAt) })}
        </div>
      )}
      {!unlocked && (
        <button type="button" className="warning warning-sound" onClick={unlock} data-testid="unlock-sound">
          {say(frameWords.soundLocked)}
        </button>
      )}
    </>
  )
}
