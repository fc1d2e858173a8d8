import { expect, test } from 'vitest'
import { hashPassword, passwordMatches } from './password-hash.ts'
import { deviceSecret, personPassword } from './secrets.ts'

test('a hash is of its password only, and of nobody where there is none', async () => {
  const stored = await hashPassword('k7qm-3xvd')
  expect(stored).toMatch(/^scrypt\$32768\$8\$1\$/)
  expect(stored).not.toContain('k7qm')
  expect(await passwordMatches('k7qm-3xvd', stored)).toBe(true)
  expect(await passwordMatches('k7qm-3xve', stored)).toBe(false)
  expect(await passwordMatches('k7qm-3xvd', undefined)).toBe(false)
})

test('the same password is hashed otherwise each time', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
})

test('a hash of earlier costs is still checked with its own', async () => {
  const stored = 'scrypt$1024$8$1$c2FsdHNhbHRzYWx0c2FsdA$yuhmJI84XPnDvj3BXzyDADpWXgBlbHSYSBPFjIPjSHA'
  expect(await passwordMatches('old', stored)).toBe(true)
  await expect(passwordMatches('old', 'md5$00')).rejects.toThrow('md5')
})

test('secrets of devices have at least 144 random bits, passwords of people are readable groups', () => {
  expect(Buffer.from(deviceSecret(), 'base64url').length * 8).toBeGreaterThanOrEqual(144)
  expect(personPassword()).toMatch(/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/)
  expect(new Set(Array.from({ length: 1000 }, personPassword)).size).toBe(1000)
})
