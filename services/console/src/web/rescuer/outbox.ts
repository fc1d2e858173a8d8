import type { CaseState, RescuerAction } from '@lifeline/contracts'

/** One thing that the crew did, to be sent until the desk has answered. */
export interface Deed {
  /** The same however often it is sent: the desk does it once. */
  readonly key: string
  readonly action: RescuerAction | 'photo'
  /** JSON; of a photo its base64. */
  readonly body: string
}

/** How the desk answered. `later`: not now, or not at all. */
export type Sent = 'done' | 'refused' | 'later'

export const sentBy = (status: number): Sent => {
  if (status >= 200 && status < 300) return 'done'
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status) ? 'refused' : 'later'
}

/** ms until the next try after so many in vain. */
export const pauseAfter = (failures: number): number => Math.min(15_000, 1_000 * 2 ** Math.max(0, failures - 1))

/** What is to be sent, in order; kept by `store` so that it outlives the page. */
export class Outbox {
  #deeds: readonly Deed[]
  readonly #store: (deeds: readonly Deed[]) => void

  constructor(kept: readonly Deed[], store: (deeds: readonly Deed[]) => void) {
    this.#deeds = kept
    this.#store = store
  }

  get waiting(): readonly Deed[] {
    return this.#deeds
  }

  /** Of positions only the last is worth sending. */
  add(deed: Deed): void {
    const [first, ...rest] = this.#deeds
    const kept = deed.action === 'position' ? rest.filter(({ action }) => action !== 'position') : rest
    // The first may be on its way.
    this.#keep([...(first === undefined ? [] : [first]), ...kept, deed])
  }

  remove(key: string): void {
    this.#keep(this.#deeds.filter((deed) => deed.key !== key))
  }

  #keep(deeds: readonly Deed[]): void {
    this.#deeds = deeds
    this.#store(deeds)
  }
}

const brings: Partial<Record<Deed['action'], CaseState>> = {
  accept: 'accepted',
  depart: 'departed',
  arrive: 'arrived',
  free: 'freed',
}

/** The state as the crew sees it: the desk's, with what is not sent yet done. */
export function stateAfter(state: CaseState, waiting: readonly Deed[]): CaseState {
  if (state === 'closed') return state
  return waiting.reduce<CaseState>((at, { action }) => brings[action] ?? at, state)
}
