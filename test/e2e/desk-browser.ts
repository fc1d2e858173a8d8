import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { DemoDistrict } from '../demo-district.ts'

/** Pages of the console, each in a session of its own, as a role of the demo district sees them. */
export class DeskBrowser {
  readonly #browser: Browser
  readonly #district: DemoDistrict

  constructor(browser: Browser, district: DemoDistrict) {
    this.#browser = browser
    this.#district = district
  }

  /** Somebody of the role, signed in. */
  async signIn(role: string, size = { width: 1366, height: 768 }): Promise<Page> {
    const user = this.#district.credentials.users.find((candidate) => candidate.role === role)
    if (user === undefined) throw new Error(`the demo district has no ${role}`)
    const page = await (await this.#browser.newContext({ viewport: size })).newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(this.#district.url)
    await page.getByTestId('sign-in-name').fill(user.name)
    await page.getByTestId('sign-in-password').fill(user.password)
    await page.getByTestId('sign-in-submit').click()
    await page.getByTestId('queue-filter').waitFor()
    return page
  }
}

/** Goes to an address of the app. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href)
}

/** Keeps what is on the page for the documents in both languages, where SCREENSHOTS is set. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  for (const language of ['zh-CN', 'en']) {
    await page.evaluate((wanted) => {
      localStorage.setItem('lifeline.language', wanted === 'en' ? 'en' : 'zh')
    }, language)
    await page.reload()
    await page.locator(`html[lang="${language}"]`).waitFor()
    await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined)
    await page.locator('main').waitFor()
    const path = fileURLToPath(new URL(`../../docs/images/${name}-${language.slice(0, 2)}.png`, import.meta.url))
    await page.screenshot({ path })
  }
  await page.evaluate(() => localStorage.setItem('lifeline.language', 'zh'))
  await page.reload()
}
