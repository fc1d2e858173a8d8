import type { Delivery, RescueCase } from '@lifeline/contracts'
import { useCallback } from 'react'
import type { Page } from '../../api/api-client.ts'
import { useAnswer } from '../../frame/use-answer.ts'
import { useDesk } from '../../live/desk-context.tsx'

/** Attempts go on by themselves while a unit has not accepted, ms. */
const refreshMs = 5_000

export type Deliveries = ReturnType<typeof useDeliveries>

/** Who was told of a case and how that went, in order; of an open case it is followed. */
export function useDeliveries({ id, state }: Pick<RescueCase, 'id' | 'state'>) {
  const { api } = useDesk()
  const ask = useCallback(
    async () => (await api.ask<Page<Delivery>>('GET', `/incidents/${encodeURIComponent(id)}/deliveries`)).items,
    [api, id],
  )
  return useAnswer(ask, state === 'closed' ? 0 : refreshMs)
}
