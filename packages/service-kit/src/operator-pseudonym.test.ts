import { expect, test } from 'vitest'
import { ConfigError } from './config.ts'
import { isOperatorPseudonym, operatorPseudonym, privacyKey } from './operator-pseudonym.ts'

const key = 'a key of the test that is long enough'

test('a token has one pseudonym with one key, another with another, and it does not show the token', () => {
  const pseudonym = operatorPseudonym(key)
  expect(pseudonym('card-7')).toBe(operatorPseudonym(key)('card-7'))
  expect(pseudonym('card-7')).not.toBe(pseudonym('card-8'))
  expect(pseudonym('card-7')).not.toBe(operatorPseudonym(`${key}!`)('card-7'))
  expect(isOperatorPseudonym(pseudonym('card-7'))).toBe(true)
  expect(pseudonym('card-7')).not.toContain('card-7')
})

test('what a device sends is hashed however it looks, so that nobody drives under a pseudonym he has seen', () => {
  const pseudonym = operatorPseudonym(key)
  const seen = pseudonym('card-7')
  expect(pseudonym(seen)).not.toBe(seen)
})

test('many operators later a token still has its pseudonym', () => {
  const pseudonym = operatorPseudonym(key)
  const first = pseudonym('card-0')
  for (let i = 0; i < 25_000; i++) pseudonym(`card-${i}`)
  expect(pseudonym('card-0')).toBe(first)
})

test('the key is PRIVACY_KEY, else the session secret, and without either nothing starts', () => {
  expect(privacyKey({ PRIVACY_KEY: 'a', SESSION_SECRET: 'b' })).toBe('a')
  expect(privacyKey({ SESSION_SECRET: 'b' })).toBe('b')
  expect(() => privacyKey({})).toThrow(ConfigError)
})
