import { type Equipment, roles } from '@lifeline/contracts'
import { isOperatorPseudonym } from '@lifeline/service-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoDistrict } from '../seed/demo-district.ts'
import { type Call, signInAs } from '../testing/api-client.ts'
import { type RegistryRun, registryRun } from '../testing/registry-run.ts'

let run: RegistryRun
let administrator: Call
const card = 'card-of-somebody-4711'
const crane = demoDistrict.equipment.find(({ deviceId }) => deviceId === 'crane-1') as Equipment

interface Entry {
  readonly id: number
  readonly at: number
  readonly by: string
  readonly what: string
  readonly of: string
  readonly details: Record<string, unknown>
}
const audit = async (query: string): Promise<Entry[]> =>
  (await administrator('GET', `/api/v1/audit?${query}`)).body.items as Entry[]

beforeAll(async () => {
  run = await registryRun()
  await run.process.start()
  administrator = await signInAs(run, 'administrator')
}, 240_000)
afterAll(() => run.remove())

describe('the audit', () => {
  test('says who did what to which device, newest first, and shows neither secrets nor cards', async () => {
    const from = Date.now()
    const supervisor = await signInAs(run, 'supervisor')
    const { password } = (await administrator('POST', '/api/v1/devices/crane-1/credential')).body
    await administrator('DELETE', '/api/v1/devices/crane-1/credential')
    await administrator('POST', '/api/v1/devices/crane-1/credential')
    const changed = { ...crane, address: 'elsewhere 7', operators: [card] }
    await administrator('PUT', '/api/v1/devices/crane-1', changed)
    await administrator('PUT', '/api/v1/devices/crane-1', changed)
    await supervisor('PUT', '/api/v1/devices/crane-1/settings', { wind: { stopSpeed: 11 } })
    const { id } = (
      await supervisor('POST', '/api/v1/devices/crane-1/commands', { name: 'announce', args: { messageId: 'm-1' } })
    ).body
    await administrator('DELETE', '/api/v1/devices/crane-1')
    await administrator('PUT', '/api/v1/devices/crane-1', crane)
    const entries = await audit(`deviceId=crane-1&from=${from}`)
    expect(entries.map(({ by, what, of }) => [by, what, of])).toEqual(
      [
        ['administrator', 'credential.rotated'],
        ['administrator', 'credential.revoked'],
        ['administrator', 'credential.issued'],
        ['administrator', 'equipment.changed'],
        ['supervisor', 'settings.changed'],
        ['supervisor', 'command.sent'],
        ['administrator', 'equipment.removed'],
        ['administrator', 'credential.revoked'],
        ['administrator', 'equipment.entered'],
      ]
        .map((entry) => [...entry, 'crane-1'])
        .toReversed(),
    )
    const details = (what: string) => entries.find((entry) => entry.what === what)?.details ?? {}
    const [hidden] = (details('equipment.changed').after as Equipment).operators
    expect(isOperatorPseudonym(String(hidden))).toBe(true)
    expect(details('equipment.changed')).toEqual({
      before: { address: crane.address, operators: expect.any(Array) },
      after: { address: 'elsewhere 7', operators: [hidden] },
    })
    expect(details('settings.changed')).toEqual({ before: {}, after: { wind: { stopSpeed: 11 } } })
    expect(details('command.sent')).toEqual({ id, name: 'announce', args: { messageId: 'm-1' } })
    expect(details('equipment.removed')).toMatchObject({ after: {}, before: { siteId: crane.siteId } })
    const text = JSON.stringify(entries)
    for (const secret of [String(password), card, ...crane.operators]) expect(text).not.toContain(secret)
  })

  test('is searched by area, act and time, and paged', async () => {
    const all = await audit('deviceId=crane-1')
    expect(await audit('deviceId=crane-1&what=credential')).toEqual(
      all.filter(({ what }) => what.startsWith('credential.')),
    )
    expect(await audit('what=command.sent&deviceId=crane-1')).toEqual(all.filter(({ what }) => what === 'command.sent'))
    const [newest, second] = all as [Entry, Entry]
    expect(await audit(`deviceId=crane-1&to=${newest.at}&from=${newest.at}`)).toContainEqual(newest)
    expect(await audit(`to=${Number(all.at(-1)?.at) - 1}&deviceId=crane-1`)).toEqual([])
    const page = (await administrator('GET', '/api/v1/audit?deviceId=crane-1&limit=1')).body
    expect(page.items).toEqual([newest])
    expect(await audit(`deviceId=crane-1&limit=1&cursor=${page.nextCursor}`)).toEqual([second])
    expect((await administrator('GET', '/api/v1/audit?what=weather')).status).toBe(422)
  })

  test('keeps what is tried in shadow and what is set for a kind', async () => {
    await administrator('PUT', '/api/v1/rules/settings/hoist', { wind: { stopSpeed: 18 } })
    await administrator('PUT', '/api/v1/rules/shadow', { hoist: { wind: { stopSpeed: 17 } } })
    const found = (await audit('what=settings&limit=2')).map(({ what, of }) => [what, of])
    expect(found).toEqual([
      ['settings.tried', 'candidate'],
      ['settings.changed', 'kind/hoist'],
    ])
  })

  test.each(roles)('is read by those who oversee: %s', async (role) => {
    const { status } = await (await signInAs(run, role))('GET', '/api/v1/audit')
    expect(status).toBe(['administrator', 'supervisor', 'regulator'].includes(role) ? 200 : 403)
  })
})

test('an operator’s card is shown to the desk and the device’s own units, to others as its pseudonym', async () => {
  await administrator('PUT', '/api/v1/devices/crane-1', { ...crane, operators: [card], maintenanceUnit: 'unit-anju' })
  for (const role of roles) {
    const call = await signInAs(run, role)
    const one = (await call('GET', '/api/v1/devices/crane-1')).body.operators as string[]
    const items = (await call('GET', '/api/v1/devices?query=crane-1')).body.items as Equipment[]
    const listed = items.find(({ deviceId }) => deviceId === 'crane-1')?.operators
    expect(listed).toEqual(one)
    expect(one).toHaveLength(1)
    if (['dispatcher', 'supervisor', 'administrator', 'maintenance'].includes(role)) expect(one).toEqual([card])
    else expect(isOperatorPseudonym(String(one[0]))).toBe(true)
  }
})
