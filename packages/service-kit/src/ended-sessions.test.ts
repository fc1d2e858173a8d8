import { expect, test } from 'vitest'
import { EndedSessions } from './ended-sessions.ts'
import { signSession, verifySession } from './session-token.ts'

const secret = 'a secret of the test, longer than 32 characters'
const lin = { name: 'lin', role: 'dispatcher' } as const

async function newSession() {
  const session = await verifySession(await signSession(lin, secret), secret)
  if (session === undefined) throw new Error('a fresh token is not taken')
  return session
}

test('signing out ends that session and no other', async () => {
  const [first, second] = [await newSession(), await newSession()]
  const ended = new EndedSessions()
  ended.add({ session: first.id, at: Date.now() })
  expect([ended.has(first), ended.has(second)]).toEqual([true, false])
})

test('who is disabled has no session from before, and one who signs in afterwards has', async () => {
  const before = await newSession()
  const ended = new EndedSessions()
  let told = 0
  ended.onEnd(() => told++)
  ended.add({ user: 'lin', at: before.issuedAt + 1 })
  expect(ended.has(before)).toBe(true)
  expect(ended.has({ ...before, issuedAt: before.issuedAt + 1 })).toBe(false)
  expect(ended.has({ ...before, user: { name: 'wang', role: 'dispatcher' } })).toBe(false)
  // Older news, as a mirror tells it again after a lost link.
  ended.add({ user: 'lin', at: before.issuedAt - 5 })
  expect(ended.has(before)).toBe(true)
  expect(told).toBe(2)
})
