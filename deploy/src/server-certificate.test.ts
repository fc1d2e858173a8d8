import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { tempFolder } from '@lifeline/test-support'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAuthority } from './certificate-authority.ts'
import { serverCertificate } from './server-certificate.ts'

let folder: Awaited<ReturnType<typeof tempFolder>>

beforeEach(async () => {
  folder = await tempFolder()
})
afterEach(() => folder.remove())

const read = (path: string): X509Certificate => new X509Certificate(readFileSync(path))

test('the broker gets a certificate of our authority for its hosts, and keeps it', async () => {
  const files = await serverCertificate(folder.path, ['localhost', '127.0.0.1'])
  const [server, authority] = [read(files.certificate), read(files.authority)]
  expect(server.verify(authority.publicKey)).toBe(true)
  expect(server.checkIssued(authority)).toBe(true)
  expect(authority.ca).toBe(true)
  expect(server.ca).toBe(false)
  expect([server.checkHost('localhost'), server.checkIP('127.0.0.1')]).toEqual(['localhost', '127.0.0.1'])
  expect(server.checkHost('example.org')).toBeUndefined()
  await serverCertificate(folder.path, ['localhost'])
  expect(read(files.certificate).serialNumber).toBe(server.serialNumber)
})

test('a certificate about to end is made anew by the same authority', async () => {
  const authority = await openAuthority(folder.path)
  const { certificate } = await authority.issue('server', { commonName: 'x', days: 29, hosts: ['localhost'] })
  const before = read(certificate)
  const files = await serverCertificate(folder.path, ['localhost'])
  const after = read(files.certificate)
  expect(after.serialNumber).not.toBe(before.serialNumber)
  expect(after.verify(read(files.authority).publicKey)).toBe(true)
})

test('a device has its id for a name, and counts from the second of its issue', async () => {
  const issuedAt = Date.now()
  const { certificate, key } = await (await openAuthority(folder.path)).issue('EL-1', { commonName: 'EL-1', days: 10 })
  expect(read(certificate).subject).toBe('CN=EL-1')
  expect(Math.abs(Date.parse(read(certificate).validFrom) - issuedAt)).toBeLessThan(60_000)
  expect(statSync(key).mode & 0o777).toBe(0o600)
})

test('an authority that cannot be read is said to be none, and is not written over', async () => {
  const { certificate } = await (await openAuthority(folder.path)).issue('EL-1', { commonName: 'EL-1', days: 10 })
  const path = certificate.replace('EL-1.pem', 'ca.key')
  writeFileSync(path, 'no key')
  await expect(openAuthority(folder.path)).rejects.toThrow(path)
  expect(readFileSync(path, 'utf8')).toBe('no key')
})
