import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { RescuerAction, RescuerBody, RescuerView } from '@lifeline/contracts'
import { type CrewAnswer, CrewPhone, newBrowser } from './crew-phone.ts'
import type { RescuePlan } from './rescue-plan.ts'

/** How a crew's work on one case ended: `stood_down` where the case had gone to others, or was over. */
export type CrewEnd = 'freed' | 'stood_down' | 'did_nothing'

export interface CrewOptions {
  readonly link: string
  /** Says what it will do, when it sees the case; undefined: another of its telephones told it already. */
  readonly plan: (view: RescuerView) => RescuePlan | undefined
  /** A desk process that may answer; asked anew for each try. */
  readonly desk: () => string
  /** ms of the clock for a second of the night. */
  readonly pace: number
  readonly signal: AbortSignal
}

const retryMs = 200

/**
 * Works one case through its link as a plan says: what does not get through is repeated under the same key, as the
 * page does it.
 */
export async function playCrew({ link, plan, desk, pace, signal }: CrewOptions): Promise<CrewEnd> {
  const browser = newBrowser()
  const wait = (seconds: number): Promise<void> => delay(seconds * pace, undefined, { signal })
  /** @returns undefined where the desk refuses */
  const insist = async (ask: (phone: CrewPhone) => Promise<CrewAnswer>): Promise<RescuerView | undefined> => {
    for (;;) {
      signal.throwIfAborted()
      const { status, view } = await ask(new CrewPhone(link, desk(), browser)).catch(
        // No connection: the desk was killed, and comes again.
        (): CrewAnswer => ({ status: 503, view: undefined }),
      )
      if (status < 500) return view
      await delay(retryMs, undefined, { signal })
    }
  }
  const act = <A extends RescuerAction>(action: A, body: RescuerBody<A>): Promise<RescuerView | undefined> => {
    const key = randomUUID()
    return insist((phone) => phone.act(action, body, key))
  }

  const view = await insist((phone) => phone.open())
  const planned = view && plan(view)
  if (planned === undefined) return 'stood_down'
  if (!planned.answers) return 'did_nothing'
  await wait(planned.acceptAfter)
  if (!(await act('accept', {}))) return 'stood_down'
  if (!(await act('depart', { position: { lat: 29.6, lon: 106.2 } }))) return 'stood_down'
  await wait(planned.travel)
  if (!(await act('arrive', {}))) return 'stood_down'
  await wait(planned.onSite)
  await act('cause', { cause: planned.cause })
  return (await act('free', { freed: planned.freed })) ? 'freed' : 'stood_down'
}
