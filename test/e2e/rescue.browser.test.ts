import { fileURLToPath } from 'node:url'
import type { EquipmentOf, RescueCase } from '@lifeline/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { openBrowser } from './browser.ts'
import { SimulatedLift } from './simulated-lift.ts'

let district: DemoDistrict
let browser: Browser
let page: Page
let lift: SimulatedLift

beforeAll(async () => {
  ;[district, browser] = await Promise.all([startDemoDistrict({ buildConsole: true }), openBrowser()])
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await lift?.stop()
  await district?.remove()
})

const byId = (id: string) => page.getByTestId(id)

/** Kept for the README where SCREENSHOTS is set. */
async function picture(name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) })
}

async function press(action: string): Promise<void> {
  await byId(`action-${action}`).click()
}

test('a rescue from the trapped lift to the closed case, as a dispatcher plays it', async () => {
  const api = await district.api('administrator')
  const equipment = await api.get<EquipmentOf<'elevator'>>('/api/v1/devices/lift-001')
  await api.send('PUT', '/api/v1/devices/lift-001/settings', { entrapment: { outsideZoneSeconds: 5 } })
  const password = district.credentials.devices.find(({ deviceId }) => deviceId === 'lift-001')?.password ?? ''
  const dispatcher = district.credentials.users.find(({ role }) => role === 'dispatcher')

  await page.goto(district.url)
  await byId('sign-in-name').fill(dispatcher?.name ?? '')
  await byId('sign-in-password').fill('wrong')
  await byId('sign-in-submit').click()
  await byId('problem').waitFor()
  await byId('sign-in-password').fill(dispatcher?.password ?? '')
  await byId('sign-in-submit').click()
  await byId('queue-filter').waitFor()

  // The queue is on screen before anything happens: what follows arrives by itself.
  lift = await SimulatedLift.start(district.mqttUrl, equipment, password)
  lift.elevator.entrap()
  const row = page.locator('[data-testid=incident-row]', { hasText: '困人' })
  await row.waitFor({ timeout: 120_000 })
  await row.getByTestId('countdown').waitFor()
  await picture('queue-zh')
  await byId('language-switch').click()
  await page.locator('[data-testid=incident-row]', { hasText: 'ntrap' }).waitFor()
  await picture('queue-en')
  await byId('language-switch').click()

  const id = (await row.getAttribute('data-incident-id')) ?? ''
  await row.click()
  await page.locator('[data-testid=chart]:not([data-points="0"])').waitFor()
  await page.locator('[data-testid=chart] canvas').first().waitFor()
  await byId('contacts')
    .getByText(equipment.maintenanceUnit === '' ? '-' : /\d{3}/)
    .first()
    .waitFor()
  await picture('incident-zh')
  await byId('language-switch').click()
  await picture('incident-en')
  await byId('language-switch').click()

  await press('accept')
  await press('depart')
  await press('arrive')
  lift.elevator.release()
  await press('free')
  await byId('field-freed').fill('2')
  await byId('submit-free').click()
  await press('close')
  await byId('field-freed').fill('2')
  await byId('field-injured').fill('0')
  await byId('field-cause-door').check({ force: true })
  await byId('submit-close').click()

  await expect.poll(async () => (await api.get<RescueCase>(`/api/v1/incidents/${id}`)).state).toBe('closed')
  const closed = await api.get<RescueCase>(`/api/v1/incidents/${id}`)
  expect(closed.outcome).toMatchObject({ kind: 'rescued', freed: 2, injured: 0, cause: 'door' })
  const steps = closed.timeline.map(({ what }) => what)
  const order = ['opened', 'assigned', 'accepted', 'departed', 'arrived', 'freed', 'closed'].map((what) =>
    steps.indexOf(what),
  )
  expect(order).not.toContain(-1)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(closed.timeline.find(({ what }) => what === 'accepted')?.by).toBe(dispatcher?.name)
  await picture('closed-zh')
}, 240_000)
