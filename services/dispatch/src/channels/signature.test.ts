import { expect, test } from 'vitest'
import { isSigned, replayWindowMs, sign } from './signature.ts'

const [secret, body, now] = ['a secret', '{"a":1}', 1_700_000_000_000]
const header = sign(secret, body, now)

test('a signature is the HMAC-SHA-256 of the time and the body, as docs/channels.md says', () => {
  expect(header).toBe('t=1700000000000,v1=9126bdac8b4d347024f33a4be4aeba3d26fe749d950901f66e5025c36a513259')
})

test('it is good for its body, its secret and its time alone', () => {
  expect(isSigned(secret, header, body, now + replayWindowMs)).toBe(true)
  expect(isSigned(secret, header, body, now + replayWindowMs + 1)).toBe(false)
  expect(isSigned(secret, header, body, now - replayWindowMs - 1)).toBe(false)
  expect(isSigned(secret, header, `${body} `, now)).toBe(false)
  expect(isSigned('another secret', header, body, now)).toBe(false)
  expect(isSigned(secret, header.replace('t=17', 't=18'), body, now + 1e11)).toBe(false)
  for (const wrong of ['', 't=1,v1=', header.slice(0, -1), `${header}0`]) {
    expect(isSigned(secret, wrong, body, now)).toBe(false)
  }
})
