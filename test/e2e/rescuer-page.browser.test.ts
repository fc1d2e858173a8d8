import { fileURLToPath } from 'node:url'
import type { CrewReport, RescueCase } from '@lifeline/contracts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDistrict, startDemoDistrict } from '../demo-district.ts'
import { openBrowser } from './browser.ts'

let district: DemoDistrict
let browser: Browser
let context: BrowserContext
let page: Page

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN' }

beforeAll(async () => {
  ;[district, browser] = await Promise.all([startDemoDistrict({ buildConsole: true }), openBrowser()])
  const geolocation = { latitude: 29.59, longitude: 106.22 }
  context = await browser.newContext({ ...phone, permissions: ['geolocation'], geolocation })
  page = await context.newPage()
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await district?.remove()
})

/** Kept for the documents where SCREENSHOTS is set. */
async function picture(name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) })
}

test('a crew works through its link on a connection that goes and comes, and nothing is done twice', async () => {
  const api = await district.api('dispatcher')
  const opened = await api.send<RescueCase>('POST', '/api/v1/incidents', {
    deviceId: 'lift-001',
    callerPhone: '13800000000',
    trapped: 2,
  })
  const { link } = await api.send<{ link: string }>('POST', `/api/v1/incidents/${opened.id}/rescuer-link`, {})
  const state = async () => (await api.get<RescueCase>(`/api/v1/incidents/${opened.id}`)).state
  const button = (text: string) => page.getByRole('button', { name: text })

  let bytes = 0
  page.on('response', async (response) => {
    if (!response.url().includes('/api/')) bytes += (await response.body()).length
  })
  await page.goto(link)
  await button('接单').waitFor()
  expect(bytes).toBeLessThan(50 * 1024)
  expect(await page.getByText('2 人被困').isVisible()).toBe(true)
  expect(await page.locator('a[href="tel:13800000000"]').count()).toBe(1)
  expect(await page.locator('a[href="tel:96333"]').count()).toBe(1)
  await picture('rescuer-assigned-zh')

  await button('接单').click()
  await expect.poll(state, { timeout: 30_000 }).toBe('accepted')
  await button('出发').click()
  await expect.poll(state, { timeout: 30_000 }).toBe('departed')
  const crew = () => api.get<CrewReport>(`/api/v1/incidents/${opened.id}/crew`)
  await expect.poll(async () => (await crew()).positions[0]?.lat, { timeout: 30_000 }).toBe(29.59)

  await context.setOffline(true)
  await button('到达现场').click()
  await page.getByText('尚未发送：到达现场').waitFor()
  await button('+').click()
  await button('已解救 3 人').click()
  await button('门系统').click()
  await page.getByText('已解救 3 人、原因初判').first().waitFor()
  await picture('rescuer-offline-zh')
  await button('English').click()
  await page.getByText('Not sent yet').waitFor()
  await picture('rescuer-offline-en')
  expect(await state()).toBe('departed')
  // The page is closed and opened again where there is a connection: what was done is still known.
  await page.close()
  await context.setOffline(false)
  page = await context.newPage()
  await page.goto(link)
  await expect.poll(state, { timeout: 60_000 }).toBe('freed')
  await page.getByText('Freed. Please add').waitFor()
  await expect.poll(async () => (await crew()).causes[0]?.cause, { timeout: 30_000 }).toBe('door')

  // A one-pixel picture as a phone's camera would give it.
  const pixel = await page.evaluate<string>(
    "document.body.appendChild(document.createElement('canvas')).toDataURL('image/jpeg').split(',')[1]",
  )
  await page.locator('input[type=file]').setInputFiles({
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from(pixel, 'base64'),
  })
  await page.getByText('1 sent').waitFor()
  expect((await crew()).photos).toHaveLength(1)

  const { timeline } = await api.get<RescueCase>(`/api/v1/incidents/${opened.id}`)
  const times = (what: string) => timeline.filter((entry) => entry.what === what).length
  expect(['accepted', 'departed', 'arrived', 'freed'].map(times)).toEqual([1, 1, 1, 1])

  const forwarded = await (await browser.newContext(phone)).newPage()
  await forwarded.goto(link)
  await forwarded.getByText('另一部手机').waitFor()
  expect(await forwarded.getByText('13800000000').count()).toBe(0)
}, 240_000)
