import type { Action, ActionBody } from '@lifeline/contracts'
import { useAction } from '../frame/use-action.ts'
import { useDesk } from '../live/desk-context.tsx'

/** Does something with a case and shows at once what became of it. */
export function useCaseAct(id: string) {
  const { api, live } = useDesk()
  const { busy, error, run } = useAction()
  const act = <A extends Action>(action: A, body: ActionBody<A>, done?: () => void): void => {
    void run(async () => {
      live.take(await api.act(id, action, body))
      done?.()
    })
  }
  return { busy, error, act }
}
