import { expect, test } from 'vitest'
import type { ChannelConfig } from './channel-config.ts'
import { withSecretOf } from './channel-store.ts'

const common = { kind: 'webhook', name: 'SMS', enabled: true, timeoutSeconds: 5 } as const
const known: ChannelConfig = { ...common, url: 'https://gateway.example/send?key=k', secret: 's'.repeat(32) }

test('a channel that is changed as it was shown keeps its secret and the query of its URL', () => {
  const shown = { ...common, enabled: false, url: 'https://gateway.example/send' }
  expect(withSecretOf(shown, known)).toEqual({ ...known, enabled: false })
})

test('another path or query is taken as it is, another host needs its secret', () => {
  const moved = (url: string) => withSecretOf({ ...common, url }, known)
  expect(moved('https://gateway.example/v2')).toEqual({ ...known, url: 'https://gateway.example/v2' })
  expect(moved('https://gateway.example/send?key=x')).toEqual({ ...known, url: 'https://gateway.example/send?key=x' })
  expect(() => moved('https://elsewhere.example/send')).toThrow('a secret is needed')
})
