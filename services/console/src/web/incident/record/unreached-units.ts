import type { Delivery } from '@lifeline/contracts'

/** Given up for another reason than that nobody could be reached. */
const needless: readonly string[] = ['the case has ended', 'the case has moved on to another unit']

/** The units whose last notice was given up without a channel that took it: they know nothing of the case. */
export function unreachedUnits(deliveries: readonly Delivery[]): readonly string[] {
  const byUnit = Map.groupBy(deliveries, ({ unitId }) => unitId)
  return [...byUnit].flatMap(([unitId, all]) => {
    const last = all.findLast(
      ({ channel, result }) => result === 'sent' || (result === 'not_sent' && channel === undefined),
    )
    return last?.result === 'not_sent' && !needless.includes(last.error ?? '') ? [unitId] : []
  })
}
