import { alarmsOf } from '../alarm/waiting-alarm.ts'
import { dictionary } from '../dictionary/dictionary.ts'
import { AppLink } from '../frame/app-link.tsx'
import { useLanguage } from '../language.tsx'
import { useDeskView } from '../live/desk-context.tsx'
import { compareCases } from '../queue/queue-order.ts'
import { pathOfIncident } from '../route.ts'

/** Whoever works on one case must not overlook that another waits: leads to the most pressing one. */
export function OthersWaiting({ besides }: { readonly besides: string }) {
  const { say } = useLanguage()
  const { cases } = useDeskView()
  const waiting = [...cases.values()].filter((rescue) => rescue.id !== besides && alarmsOf([rescue]).length > 0)
  const [first] = waiting.toSorted(compareCases)
  if (first === undefined) return null
  return (
    <AppLink href={pathOfIncident(first.id)} className="warning warning-others" data-testid="others-waiting">
      {say(dictionary.frameWords.othersWaiting, { n: waiting.length })} → {say(dictionary.ruleWords[first.rule])} ·{' '}
      {first.address}
    </AppLink>
  )
}
