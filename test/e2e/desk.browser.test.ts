import type { EquipmentOf, Kind, RescueCase } from '@lifeline/contracts'
import type { ApiClient } from '@lifeline/test-support'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { openBrowser } from './browser.ts'
import { DeskBrowser, goTo, picture } from './desk-browser.ts'

let district: DemoDistrict
let browser: Browser
let desk: DeskBrowser
let administrator: ApiClient

beforeAll(async () => {
  ;[district, browser] = await Promise.all([startDemoDistrict({ buildConsole: true }), openBrowser()])
  desk = new DeskBrowser(browser, district)
  administrator = await district.api('administrator')
  await quietOffline()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await district?.remove()
})

/** No device of this district sends anything; that is not what is tested here. */
async function quietOffline(): Promise<void> {
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

const lift = (id: string) => administrator.get<EquipmentOf<'elevator'>>(`/api/v1/devices/${id}`)
const caseOf = (id: string) => administrator.get<RescueCase>(`/api/v1/incidents/${id}`)

/** Begins a call by keyboard alone: the machine and the caller's number. */
async function takeCall(page: Page, rescueCode: string, callerPhone: string): Promise<void> {
  await page.keyboard.press('n')
  await page.getByTestId('new-case-form').waitFor()
  await page.keyboard.type(rescueCode)
  await page.locator('[data-testid=new-case-device][aria-pressed=true]').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(callerPhone)
}

/** Opens the case. @returns its id */
async function openedCase(page: Page): Promise<string> {
  await page.getByTestId('new-case-submit').click()
  await page.getByTestId('new-case-form').waitFor({ state: 'detached' })
  const shown = page.getByTestId('incident')
  await shown.waitFor()
  return (await shown.getAttribute('data-incident-id')) ?? ''
}

test('a call is taken by rescue code and number; 120 is proposed and confirmed, the trapped are called back', async () => {
  const { rescueCode = '' } = await lift('lift-010')
  const page = await desk.signIn('dispatcher')
  await takeCall(page, rescueCode, '13900000010')
  await page.getByTestId('new-case-trapped-tiles-2').check({ force: true })
  await page.getByTestId('new-case-condition-medical').check({ force: true })
  const id = await openedCase(page)

  await page.getByTestId('comfort-script').waitFor()
  await page.locator('[data-testid=proposal-120][data-state=open]').waitFor()
  await picture(page, 'case')
  await page.getByTestId('confirm-120').click()
  await page.locator('[data-testid=proposal-120][data-state=confirmed]').waitFor()
  await page.keyboard.press('t')
  await page.locator('[data-testid=taken-by][data-taken-by=dispatcher]').waitFor()
  await page.getByTestId('call-back-reached').click()
  await page.locator('[data-testid=timeline] [data-what=called_back]').waitFor()
  await page.getByTestId('announce-preset').first().click()
  await page.getByTestId('announce-send').click()
  await page.locator('[data-testid=commands] [data-state=sent]').first().waitFor()

  const known = await caseOf(id)
  expect(known).toMatchObject({ deviceId: 'lift-010', callerPhone: '13900000010', trapped: 2, priority: 1 })
  expect(known.takenBy?.name).toBe('dispatcher')
  expect(known.proposals.find(({ service }) => service === '120')?.state).toBe('confirmed')
  await page.context().close()
}, 300_000)

test('a case is escalated by hand until it is with 119', async () => {
  const { rescueCode = '' } = await lift('lift-020')
  const page = await desk.signIn('dispatcher')
  await takeCall(page, rescueCode, '13900000020')
  const id = await openedCase(page)
  for (const level of [2, 3]) {
    await page.getByTestId('action-escalate').click()
    await page.getByTestId('field-reason').fill('无人接听')
    await page.getByTestId('submit-escalate').click()
    await expect.poll(async () => (await caseOf(id)).level, { timeout: 60_000 }).toBe(level)
    await page.getByTestId('form-escalate').waitFor({ state: 'detached' })
  }
  await page.locator('[data-testid=state]').waitFor()
  expect(await page.getByTestId('action-escalate').count()).toBe(0)
  expect((await caseOf(id)).timeline.filter(({ what }) => what === 'escalated')).toHaveLength(2)
  await page.context().close()
}, 300_000)

test('a lost link is told at once, and what happened meanwhile is there when it is back', async () => {
  const page = await desk.signIn('dispatcher')
  await page.locator('[data-testid=link-state][data-link=live]').waitFor()
  const { name, password } = district.credentials.users.find(({ role }) => role === 'dispatcher') ?? {}
  await district.launched.hold('console')
  await page.getByTestId('link-lost').waitFor()

  // Another desk, whose way to the services stands.
  const json = { 'content-type': 'application/json' }
  const signedIn = await fetch(`${district.launched.urls.registry}/api/v1/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ name, password }),
  })
  const { token } = (await signedIn.json()) as { token: string }
  const reported = await fetch(`${district.launched.urls.dispatch}/api/v1/incidents`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify({ deviceId: 'lift-030', callerPhone: '13900000030' }),
  })
  const { id } = (await reported.json()) as RescueCase
  expect(await page.locator(`[data-incident-id="${id}"]`).count()).toBe(0)

  district.launched.release('console')
  await page.locator(`[data-testid=incident-row][data-incident-id="${id}"]`).waitFor()
  await page.locator('[data-testid=link-state][data-link=live]').waitFor()
  await page.getByTestId('link-lost').waitFor({ state: 'detached' })
  await page.context().close()
}, 300_000)

describe('each role', () => {
  const everything = ['queue', 'map', 'devices', 'roster', 'statistics', 'administration', 'wall']
  const pages: Readonly<Record<string, readonly string[]>> = {
    dispatcher: everything.filter((name) => name !== 'administration'),
    supervisor: everything,
    maintenance: ['queue', 'map', 'devices', 'wall'],
    rescuer: ['queue', 'map', 'devices', 'wall'],
    regulator: everything,
    administrator: everything,
  }

  test.each(Object.keys(pages))(
    '%s is offered what the role may do, and nothing else',
    async (role) => {
      const page = await desk.signIn(role)
      const offered: string[] = []
      for (const name of everything) if ((await page.getByTestId(`go-${name}`).count()) > 0) offered.push(name)
      expect(offered).toEqual(pages[role])
      const takesCalls = ['dispatcher', 'supervisor', 'administrator'].includes(role)
      expect(await page.getByTestId('new-case').count()).toBe(takesCalls ? 1 : 0)
      for (const name of ['roster', 'statistics', 'administration']) {
        await goTo(page, `/${name}`)
        if (pages[role]?.includes(name)) await page.getByTestId(name).waitFor()
        else await page.getByTestId('forbidden').waitFor()
      }
      await page.context().close()
    },
    240_000,
  )

  test('a regulator looks on at a case, and a maintenance unit is not shown another’s machine', async () => {
    const { items } = await administrator.get<{ items: readonly RescueCase[] }>('/api/v1/incidents?deviceId=lift-010')
    const id = items[0]?.id ?? ''
    const regulator = await desk.signIn('regulator')
    await goTo(regulator, `/incidents/${id}`)
    await regulator.getByTestId('steps').waitFor()
    expect(await regulator.locator('[data-testid^=action-]').count()).toBe(0)
    await regulator.context().close()
    const maintenance = await desk.signIn('maintenance')
    await goTo(maintenance, '/devices/crane-1')
    await maintenance.getByText('没有这台设备').waitFor()
    await maintenance.context().close()
  }, 240_000)
})

test('an administrator enters a user, who is signed out at once when disabled', async () => {
  const page = await desk.signIn('administrator')
  await goTo(page, '/administration/users')
  await page.getByTestId('user-name').fill('林值班')
  await page.getByTestId('user-add').click()
  const password = await page.getByTestId('new-password').locator('.code').textContent()
  const other = await (await browser.newContext()).newPage()
  other.setDefaultTimeout(120_000)
  await other.goto(district.url)
  await other.getByTestId('sign-in-name').fill('林值班')
  await other.getByTestId('sign-in-password').fill(password ?? '')
  await other.getByTestId('sign-in-submit').click()
  await other.locator('[data-testid=link-state][data-link=live]').waitFor()
  await page.getByTestId('toggle-林值班').click()
  await page.locator('[data-user=林值班][data-disabled=true]').waitFor()
  // Its stream is cut, and what it asks then is refused.
  await other.getByTestId('sign-in-name').waitFor()
  await other.context().close()
  await page.context().close()
}, 240_000)

test('every page stands, in both languages', async () => {
  const now = Date.now()
  const shift = { unitId: 'station-bicheng', from: now - 3_600_000, to: now + 36_000_000 }
  await administrator.send('POST', '/api/v1/dispatch/shifts', { ...shift, people: [{ name: '王强', phone: '' }] })
  const page = await desk.signIn('administrator')
  const shown = [
    ['map', '/map', 'map-page'],
    ['devices', '/devices', 'devices'],
    ['device', '/devices/lift-010', 'device-page'],
    ['roster', '/roster', 'roster'],
    ['statistics', '/statistics', 'statistics'],
    ['users', '/administration/users', 'administration'],
    ['rules', '/administration/rules', 'settings'],
    ['audit', '/administration/audit', 'audit'],
    ['quarantine', '/administration/quarantine', 'quarantine'],
    ['wall', '/wall', 'wall'],
  ] as const
  for (const [name, path, testId] of shown) {
    await goTo(page, path)
    await page.getByTestId(testId).waitFor()
    await picture(page, name)
    expect(await page.getByTestId('problem').count(), name).toBe(0)
  }
  await page.context().close()
}, 300_000)
