import type { Kind } from '@lifeline/contracts'
import type { ApiClient } from '@lifeline/test-support'

/** Nobody is told of devices that send nothing, where that is not what is tested. */
export async function quietOffline(administrator: ApiClient): Promise<void> {
  interface Entry {
    readonly rule: string
    readonly settings: readonly { readonly name: string; readonly range: readonly [number, number] }[]
  }
  const { items } = await administrator.get<{ items: readonly Entry[] }>('/api/v1/rules')
  const offline = items.find(({ rule }) => rule === 'offline')
  const missedIntervals = offline?.settings.find(({ name }) => name === 'missedIntervals')?.range[1]
  for (const kind of ['elevator', 'tower-crane', 'hoist'] as const satisfies readonly Kind[]) {
    await administrator.send('PUT', `/api/v1/rules/settings/${kind}`, { offline: { missedIntervals } })
  }
}
