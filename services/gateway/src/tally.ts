import type { BadClass } from '@lifeline/protocols'

/**
 * What the gateway has counted since its start. Frames, events and status words count alike; a payload of which
 * nothing can be understood counts as one. When nothing is under way, received = committed + quarantined + refused.
 */
export class Tally {
  received = 0
  committed = 0
  unknownFields = 0
  /** Messages down to clients that were not kept for them. */
  droppedMessages = 0
  readonly quarantined = new Map<BadClass, number>()
  readonly refused = new Map<string, number>()
  readonly refusedConnections = new Map<string, number>()
}

export function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
