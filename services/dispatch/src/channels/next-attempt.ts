import type { UnitContact } from '@lifeline/contracts'

/** So often each way is tried before the unit counts as silent; by then its case has long moved on. */
const rounds = 8
/** Between the rounds: doubled each time from the first, up to the last, ms. */
const firstPauseMs = 2_000
const longestPauseMs = 30_000
/** A process that ends each time it sends is not given the same for ever. */
const mostBegun = 3

/** An attempt so far; `begun` is one whose process ended before there was an answer. */
export interface PastAttempt extends UnitContact {
  readonly at: number
  readonly result: 'begun' | 'failed' | 'refused'
}

export interface ContactState {
  readonly enabled: boolean
  readonly healthy: boolean
}

export type Plan =
  | { readonly do: 'send'; readonly contact: UnitContact }
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'stop'; readonly reason: string }

export interface Unusable {
  readonly contact: UnitContact
  readonly reason: 'no such channel' | 'channel is switched off' | 'duplicate'
}

/** The contacts that can be tried, and why the others cannot. */
export function sortContacts(
  contacts: readonly UnitContact[],
  channels: ReadonlyMap<string, ContactState>,
): { readonly usable: readonly UnitContact[]; readonly unusable: readonly Unusable[] } {
  const usable: UnitContact[] = []
  const unusable: Unusable[] = []
  for (const contact of contacts) {
    const channel = channels.get(contact.channel)
    if (channel === undefined) unusable.push({ contact, reason: 'no such channel' })
    else if (!channel.enabled) unusable.push({ contact, reason: 'channel is switched off' })
    else if (usable.some((other) => isSame(other, contact))) unusable.push({ contact, reason: 'duplicate' })
    else usable.push(contact)
  }
  return { usable, unusable }
}

/**
 * The next way to tell a unit: its contacts in their order, unhealthy channels after the others, then all of them again
 * after a pause. One that was interrupted is repeated, under the same key, before the next: it may have gone through.
 */
export function nextAttempt(
  usable: readonly UnitContact[],
  channels: ReadonlyMap<string, ContactState>,
  past: readonly PastAttempt[],
  now: number,
): Plan {
  if (usable.length === 0) return { do: 'stop', reason: 'no channel' }
  const begun = past.at(-1)
  if (begun?.result === 'begun' && count(past, begun, 'begun') < mostBegun) {
    const again = usable.find((contact) => isSame(contact, begun))
    if (again !== undefined) return { do: 'send', contact: again }
  }
  const open = usable.filter((contact) => count(past, contact, 'refused') === 0)
  const ranked = open
    .map((contact) => ({ contact, tried: count(past, contact, 'failed'), healthy: isHealthy(contact) }))
    .toSorted((a, b) => a.tried - b.tried || Number(b.healthy) - Number(a.healthy))
  const [next] = ranked
  if (next === undefined || next.tried >= rounds) return { do: 'stop', reason: 'silent: no channel has taken it' }
  const pause = next.tried === 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (next.tried - 1))
  const until = Math.max(...past.map(({ at }) => at), 0) + pause
  return next.tried > 0 && until > now ? { do: 'wait', until } : { do: 'send', contact: next.contact }

  function isHealthy({ channel }: UnitContact): boolean {
    return channels.get(channel)?.healthy === true
  }
}

const isSame = (a: UnitContact, b: UnitContact): boolean => a.channel === b.channel && a.address === b.address

/** Interruptions beyond the allowed count as failures. */
function count(past: readonly PastAttempt[], contact: UnitContact, result: PastAttempt['result']): number {
  const mine = past.filter((attempt) => isSame(attempt, contact))
  const of = (wanted: PastAttempt['result']): number => mine.filter((attempt) => attempt.result === wanted).length
  return result === 'failed' ? of('failed') + Math.max(0, of('begun') - mostBegun + 1) : of(result)
}
