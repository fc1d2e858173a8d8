import type { EquipmentOf, RescueCase } from '@lifeline/contracts'
import type { ApiClient } from '@lifeline/test-support'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { openBrowser } from './browser.ts'
import { DeskBrowser, goTo, openedCase, picture, signInAs, signOut, takeCall } from './desk-browser.ts'
import { DeskCrew } from './desk-crew.ts'
import { DeskGateways } from './desk-gateways.ts'
import { everything, pages, tabs } from './desk-roles.ts'
import { quietOffline } from './quiet-offline.ts'

let district: DemoDistrict
let browser: Browser
let desk: DeskBrowser
let administrator: ApiClient
/** Loading the app takes longer than anything done in it: each page serves several tests. */
let atDesk: Page
let atAdministration: Page
let anybody: Page
const gateways = new DeskGateways()

beforeAll(async () => {
  ;[district, browser] = await Promise.all([startDemoDistrict({ buildConsole: true }), openBrowser(), gateways.start()])
  desk = new DeskBrowser(browser, district)
  administrator = await district.api('administrator')
  await quietOffline(administrator)
  ;[atDesk, atAdministration, anybody] = await Promise.all([
    desk.openAs('dispatcher'),
    desk.openAs('administrator'),
    desk.open(),
  ])
}, 480_000)

afterAll(async () => {
  await browser?.close()
  await district?.remove()
  await gateways.stop()
})

const lift = (id: string) => administrator.get<EquipmentOf<'elevator'>>(`/api/v1/devices/${id}`)
const caseOf = (id: string) => administrator.get<RescueCase>(`/api/v1/incidents/${id}`)

test('a call is taken by rescue code and number; 120 is proposed and confirmed, the trapped are called back', async () => {
  const page = atDesk
  const { rescueCode = '' } = await lift('lift-010')
  await takeCall(page, rescueCode, '13900000010')
  await page.getByTestId('new-case-trapped-tiles-2').check({ force: true })
  await page.getByTestId('new-case-condition-medical').check({ force: true })
  await picture(page, 'new-case')
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
  // No channel is set up yet: the dispatcher is told beside the number.
  await page.getByTestId('unreached').waitFor()

  const known = await caseOf(id)
  expect(known).toMatchObject({ deviceId: 'lift-010', callerPhone: '13900000010', trapped: 2, priority: 1 })
  expect(known.takenBy?.name).toBe('dispatcher')
  expect(known.proposals.find(({ service }) => service === '120')?.state).toBe('confirmed')
}, 300_000)

test('a case is escalated by hand until it is with 119', async () => {
  const page = atDesk
  const { rescueCode = '' } = await lift('lift-020')
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
  await page.getByTestId('record-tabs').getByText('通知').click()
  await page.locator('[data-testid=linkage]', { hasText: '消防 119' }).waitFor()
}, 300_000)

test('a lost link is told at once, and what happened meanwhile is there when it is back', async () => {
  const page = atDesk
  await goTo(page, '/')
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
}, 300_000)

test('a channel is set up and tested, a unit told through it; a case shows which way failed and which went', async () => {
  const page = atAdministration
  const { maintenanceUnit } = await lift('lift-040')
  const works = { kind: 'webhook', name: '语音网关', url: gateways.url('works'), secret: 's'.repeat(32) }
  await administrator.send('PUT', '/api/v1/channels/voice', { ...works, testAddress: '13800000000' })

  await goTo(page, '/administration/channels')
  await page.getByTestId('channel-add').click()
  const fields = { id: 'sms', name: '短信网关', url: gateways.url('broken'), secret: 's'.repeat(32), testAddress: '1' }
  for (const [field, text] of Object.entries(fields)) await page.getByTestId(`channel-${field}`).fill(text)
  await page.getByTestId('channel-save').click()
  await page.getByTestId('test-sms').click()
  await page.locator('[data-channel-id=sms][data-state=unhealthy]', { hasText: 'HTTP 503' }).waitFor()
  await page.getByTestId('test-voice').click()
  await page.locator('[data-channel-id=voice][data-state=healthy]').waitFor()
  await picture(page, 'channels')
  await page.getByTestId('edit-sms').click()
  await page.getByTestId('channel-form').waitFor()
  await picture(page, 'channel')
  // Not changed, and so healthy until the next test: tried before the other.
  await page.getByTestId('channel-save').click()
  await page.locator('[data-channel-id=sms][data-state=untested]').waitFor()

  await goTo(page, '/roster')
  await page.locator(`[data-unit-id=${maintenanceUnit}] button`).click()
  for (const [place, channel] of ['sms', 'voice'].entries()) {
    await page.getByTestId('contact-channel').selectOption(channel)
    await page.getByTestId('contact-address').fill('13800000000')
    await page.getByTestId('contact-add').click()
    await page.getByTestId('contact').nth(place).waitFor()
  }
  await picture(page, 'contacts')

  const report = { deviceId: 'lift-040', callerPhone: '13900000040', trapped: 1 }
  const { id } = await administrator.send<RescueCase>('POST', '/api/v1/incidents', report)
  await goTo(page, `/incidents/${id}`)
  await page.getByTestId('record-tabs').getByText('通知').click()
  await page.locator('[data-testid=delivery][data-result=failed]', { hasText: '短信网关 · HTTP 503' }).waitFor()
  await page.locator('[data-testid=delivery][data-result=sent]', { hasText: '语音网关' }).waitFor()
  await picture(page, 'notices')

  const { link } = await administrator.send<{ link: string }>('POST', `/api/v1/incidents/${id}/rescuer-link`, {})
  const crew = new DeskCrew(link, district.url)
  await crew.tell('open')
  await crew.tell('accept')
  await crew.tell('depart', { position: { lat: 29.6, lon: 106.23, accuracy: 12 } })
  const size = { x: 300, y: 100, width: 640, height: 480 }
  await crew.tell('photo', Buffer.from(await page.screenshot({ type: 'jpeg', quality: 40, clip: size })))
  await page.getByTestId('record-tabs').getByText('现场').click()
  await page.getByTestId('crew-position').waitFor()
  const photo = page.getByTestId('crew-photo')
  await photo.waitFor()
  await expect.poll(() => photo.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(640)
  await picture(page, 'crew')
  await goTo(page, '/map')
  await page.getByTestId('map-crew').getByText(/\S/).waitFor()
  await picture(page, 'map')
}, 300_000)

describe('each role', () => {
  test.each(Object.keys(pages))(
    '%s is offered what the role may do, and nothing else',
    async (role) => {
      const page = anybody
      await desk.signIn(page, role)
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
      if (tabs[role] !== undefined) {
        expect(await page.getByTestId('administration-tabs').locator('label').allTextContents()).toEqual(tabs[role])
      }
      if (role === 'regulator') {
        await goTo(page, '/administration/desk')
        await page.getByTestId('desk-settings').locator('tbody tr').first().waitFor()
        expect(await page.getByTestId('desk-settings').locator('input').count()).toBe(0)
      }
      await signOut(page)
    },
    240_000,
  )

  test('a regulator looks on at a case, and a maintenance unit is not shown another’s machine', async () => {
    const page = anybody
    const { items } = await administrator.get<{ items: readonly RescueCase[] }>('/api/v1/incidents?deviceId=lift-010')
    const id = items[0]?.id ?? ''
    await desk.signIn(page, 'regulator')
    await goTo(page, `/incidents/${id}`)
    await page.getByTestId('steps').waitFor()
    expect(await page.locator('[data-testid^=action-]').count()).toBe(0)
    await signOut(page)
    await desk.signIn(page, 'maintenance')
    await goTo(page, '/devices/crane-1')
    await page.getByText('没有这台设备').waitFor()
    await signOut(page)
  }, 240_000)
})

test('an administrator enters a user, gives him another role, and he is signed out at once when disabled', async () => {
  const [page, other] = [atAdministration, anybody]
  await goTo(page, '/administration/users')
  await page.getByTestId('user-name').fill('林值班')
  await page.getByTestId('user-add').click()
  const password = await page.getByTestId('new-password').locator('.code').textContent()
  await page.locator('[data-user=林值班][data-role=dispatcher]').waitFor()
  await page.getByTestId('edit-林值班').click()
  await page.getByTestId('edit-林值班-role').selectOption('supervisor')
  await page.getByTestId('save-林值班').click()
  await page.locator('[data-user=林值班][data-role=supervisor]').waitFor()

  await signInAs(other, '林值班', password ?? '')
  await other.locator('[data-testid=link-state][data-link=live]').waitFor()
  expect(await other.getByTestId('go-administration').count()).toBe(1)
  await page.getByTestId('toggle-林值班').click()
  await page.locator('[data-user=林值班][data-disabled=true]').waitFor()
  // Its stream is cut, and what it asks then is refused.
  await other.getByTestId('sign-in-name').waitFor()
}, 240_000)

test('clocks are set, and a candidate of rules is tried beside those in force and ended', async () => {
  const page = atAdministration
  await goTo(page, '/administration/desk')
  await page.getByTestId('desk-callBackSeconds').fill('240')
  await page.getByTestId('desk-settings-save').click()
  await page.getByText('已保存').waitFor()
  expect(await administrator.get('/api/v1/dispatch/settings')).toMatchObject({ callBackSeconds: 240 })
  await picture(page, 'clocks')

  await goTo(page, '/administration/rules')
  await page.getByTestId('setting-entrapment-outsideZoneSeconds').fill('25')
  await page.getByTestId('settings-try').click()
  await page.locator('[data-testid=shadow][data-tried="1"]', { hasText: '门区外停留' }).waitFor()
  const tried = { elevator: { entrapment: { outsideZoneSeconds: 25 } } }
  expect(await administrator.get('/api/v1/rules/shadow')).toEqual(tried)
  await picture(page, 'trial')
  await page.getByTestId('shadow-end').click()
  await page.locator('[data-testid=shadow][data-tried="0"]').waitFor()
  expect(await administrator.get('/api/v1/rules/shadow')).toEqual({})
}, 240_000)

test('every page stands, in both languages', async () => {
  const now = Date.now()
  const shift = { unitId: 'station-bicheng', from: now - 3_600_000, to: now + 36_000_000 }
  await administrator.send('POST', '/api/v1/dispatch/shifts', { ...shift, people: [{ name: '王强', phone: '' }] })
  const page = atAdministration
  // An address that is opened from outside, once: from there on by the app's own ways.
  await page.goto(new URL('/statistics', district.url).href)
  const shown = [
    ['statistics', '/statistics', '[data-testid=statistics] tbody tr'],
    ['devices', '/devices', '[data-testid=device]'],
    ['device', '/devices/lift-010', '[data-testid=device-cases] [data-testid=case-line]'],
    ['roster', '/roster', '[data-testid=duty]'],
    ['users', '/administration/users', '[data-testid=user]'],
    ['rules', '/administration/rules', '[data-testid=settings] tbody tr'],
    ['audit', '/administration/audit', '[data-testid=audit] tbody tr'],
    ['quarantine', '/administration/quarantine', '[data-testid=quarantine]'],
    ['map', '/map', '[data-testid=map-place]'],
    ['wall', '/wall', '[data-testid=wall-case]'],
  ] as const
  for (const [name, path, content] of shown) {
    await goTo(page, path)
    await page.locator(content).first().waitFor()
    if (name === 'wall') await page.setViewportSize({ width: 3840, height: 2160 })
    if (name !== 'map') await picture(page, name)
    expect(await page.getByTestId('problem').count(), name).toBe(0)
  }
}, 300_000)
